import ChatDomain
import ChatService
import Testing

@Suite("Search in messages")
struct SearchMessagesTests {
    /// Anna's chat with a function that searches for somebody and tells the bodies found, newest first.
    private func withSearch(
        _ body: (TestChat, UserID, (String, UserID) async throws -> [String]) async throws -> Void
    ) async throws {
        try await withChat { test in
            let anna = try await test.open()
            try await body(test, anna) { text, user in
                while try await test.chat.indexMessages() {}
                return try await test.chat.searchMessages(MessageQuery(text), by: user).hits.map(
                    \.message.body)
            }
        }
    }

    @Test("Words in any order and case, without accents, the last by its beginning; phrases as they stand")
    func words() async throws {
        try await withSearch { test, anna, search in
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            for text in [
                "The Café opens at noon", "noon is when the cafe\u{301} opens", "no coffee",
                "Straße 5, C++ und naïve",
            ] {
                try await test.send(text, to: notes, by: anna)
            }
            #expect(
                try await search("OPENS cafe", anna) == [
                    "noon is when the cafe\u{301} opens", "The Café opens at noon",
                ])
            #expect(try await search("caf", anna).count == 2)
            #expect(try await search("caf opens", anna) == [])
            #expect(try await search("\"opens at\"", anna) == ["The Café opens at noon"])
            #expect(try await search("\"at opens\"", anna) == [])
            #expect(try await search("naive straße", anna) == ["Straße 5, C++ und naïve"])
            #expect(try await search("c", anna).count == 1)
        }
    }

    @Test("Chinese, Japanese, Thai, Khmer: any part of a run of characters")
    func scriptsWithoutBlanks() async throws {
        try await withSearch { test, anna, search in
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            let texts = [
                "我们明天在北京开会", "明日は東京で会議です", "พรุ่งนี้ประชุมที่กรุงเทพ", "ប្រជុំនៅភ្នំពេញ", "iPhoneを買う",
            ]
            for text in texts { try await test.send(text, to: notes, by: anna) }
            #expect(try await search("北京", anna) == [texts[0]])
            #expect(try await search("会", anna) == [texts[1], texts[0]])
            #expect(try await search("明天在北京", anna) == [texts[0]])
            #expect(try await search("北明", anna) == [])
            #expect(try await search("東京で会", anna) == [texts[1]])
            #expect(try await search("ประชุม", anna) == [texts[2]])
            #expect(try await search("ភ្នំពេញ", anna) == [texts[3]])
            #expect(try await search("iphoneを", anna) == [texts[4]])
            #expect(try await search("買う", anna) == [texts[4]])
        }
    }

    @Test("Only what the person may read now; never what was deleted; edits by their new text")
    func permissions() async throws {
        try await withSearch { test, anna, search in
            let bert = try await test.person("bert")
            let room = try await test.room("Lobby", members: [bert], by: anna)
            let secret = try await test.room("Board", isPublic: false, by: anna)
            let first = try await test.send("apples here", to: room, by: anna)
            try await test.send("apples there", to: secret, by: anna)
            #expect(try await search("apples", anna).count == 2)
            #expect(try await search("apples", bert) == ["apples here"])
            #expect(try await search("apples in:board", bert) == [])
            _ = try await test.chat.editMessage(
                first.seq, in: room, body: MessageBody("pears here"), base: 1, mid: test.mid(), by: anna)
            #expect(try await search("apples", bert) == [])
            #expect(try await search("pears", bert) == ["pears here"])
            try await test.send("pears again", to: room, by: bert)
            #expect(try await search("pears", bert).count == 2)
            // At once, before the index has heard of it.
            _ = try await test.chat.deleteMessage(first.seq, in: room, mid: test.mid(), by: anna)
            #expect(
                try await test.chat.searchMessages(MessageQuery("pears"), by: bert).hits.map(\.message.body)
                    == ["pears again"])
            #expect(try await search("pears", bert) == ["pears again"])
            try await test.chat.leaveRoom(room, by: bert)
            #expect(try await search("pears", bert) == [])
        }
    }

    @Test("Filters: who, where, what, when, pinned")
    func filters() async throws {
        try await withSearch { test, anna, search in
            let bert = try await test.person("bert")
            let room = try await test.room("Design review", members: [bert], by: anna)
            let direct = try await test.chat.openDirect(with: bert, by: anna).id
            let pinned = try await test.send("one plan", to: room, by: anna)
            test.clock.advance(days: 1)
            try await test.send("two plans: https://example.org/plan", to: room, by: bert)
            test.clock.advance(days: 1)
            try await test.send("three plans", to: direct, by: bert)
            _ = try await test.chat.pinMessage(pinned.seq, in: room, isOn: true, mid: test.mid(), by: anna)
            #expect(try await search("from:bert plan", anna).count == 2)
            #expect(try await search("from:me", anna) == ["one plan"])
            #expect(try await search("from:nobody plan", anna) == [])
            #expect(try await search("in:\"design review\" plan", anna).count == 2)
            #expect(try await search("in:\(direct)", anna) == ["three plans"])
            #expect(try await search("in:bert plan", anna) == ["three plans"])
            #expect(try await search("has:link", anna) == ["two plans: https://example.org/plan"])
            #expect(try await search("has:file", anna) == [])
            #expect(try await search("is:pinned", anna) == ["one plan"])
            let days = try await test.chat.searchMessages(MessageQuery("plan"), by: anna).hits.map {
                $0.message.sentAt.milliseconds / 86_400_000
            }
            let middle = try #require(days.dropFirst().first)
            let date = Self.date(middle)
            #expect(try await search("plan on:\(date)", anna) == ["two plans: https://example.org/plan"])
            #expect(try await search("plan before:\(date)", anna) == ["one plan"])
            #expect(try await search("plan after:\(date)", anna) == ["three plans"])
        }
    }

    /// The calendar's name of a day, counted from 1970.
    private static func date(_ day: Int64) -> String {
        var (year, rest) = (1970, Int(day))
        func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        while rest >= (isLeap(year) ? 366 : 365) {
            rest -= isLeap(year) ? 366 : 365
            year += 1
        }
        var month = 1
        let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        while rest >= lengths[month - 1] {
            rest -= lengths[month - 1]
            month += 1
        }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(rest + 1))"
    }

    @Test("Pages, newest first, without holes")
    func pages() async throws {
        try await withSearch { test, anna, search in
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            // Many in one millisecond.
            for number in 1...45 { try await test.send("tea \(number)", to: notes, by: anna) }
            _ = try await search("tea", anna)
            var found: [String] = []
            var next: Int64?
            repeat {
                let answer = try await test.chat.searchMessages(
                    MessageQuery("tea"), before: next, limit: 20, by: anna)
                found += answer.hits.map(\.message.body)
                next = answer.next
            } while next != nil
            #expect(found == (1...45).reversed().map { "tea \($0)" })
        }
    }

    @Test("Where the words stand, in UTF-16 units")
    func marks() async throws {
        try await withSearch { test, anna, search in
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            try await test.send("😀 Cafés and a café, cafeteria; 北京", to: notes, by: anna)
            _ = try await search("caf", anna)
            func marked(_ text: String) async throws -> [String] {
                let hit = try await test.chat.searchMessages(MessageQuery(text), by: anna).hits.first
                let units = Array(hit?.message.body.utf16 ?? "".utf16)
                return hit?.marks.map {
                    String(decoding: units[$0.start..<($0.start + $0.length)], as: UTF16.self)
                } ?? []
            }
            #expect(try await marked("caf") == ["Caf", "caf", "caf"])
            #expect(try await marked("\"cafe\"") == ["café"])
            #expect(try await marked("\"and a\" 京") == ["and a", "京"])
        }
    }

    @Test(
        "The language of the index means nothing to people",
        arguments: [
            "\"", "\"\"", "a\" OR b", "NEAR(a b)", "a NOT b", "body:x", "scope:c1", "{a b}", "x*", "^x", "(",
            "a AND",
            "\u{0}", "a\u{0}b", "-x", "+", ": :", "'; DROP TABLE users", "\u{FEFF}x", "👍", "👍 x",
        ])
    func hostile(text: String) async throws {
        try await withSearch { test, anna, search in
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            try await test.send("plain", to: notes, by: anna)
            guard let query = try? MessageQuery(text) else { return }
            _ = try await test.chat.indexMessages()
            #expect(try await test.chat.searchMessages(query, by: anna).hits == [])
        }
    }

    @Test("Files are found by their names, images by their kind")
    func files() async throws {
        try await withSearch { test, anna, search in
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            let start = try await test.chat.beginUpload(
                test.cid(), name: FileName("Quarterly figures.txt"), length: 5, by: anna)
            guard case .begun(let upload) = start else { throw CancellationError() }
            try await upload.write(Array("hello".utf8))
            let file = try await upload.finish().id
            _ = try await test.chat.sendMessage(.none, files: [file], cid: test.cid(), to: notes, by: anna)
            #expect(try await search("quarterly", anna).count == 1)
            #expect(try await search("has:file", anna).count == 1)
            #expect(try await search("has:image", anna) == [])
        }
    }
}
