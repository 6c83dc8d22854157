import ChatDomain
import Testing

@testable import ChatService

@Suite("Gaps, pages and sync")
struct HistoryTests {
    /// A chat whose admin has notes with so many messages "1", "2" and so on.
    private func withNotes(
        _ count: Int, _ body: (TestChat, UserID, ConversationID) async throws -> Void
    ) async throws {
        try await withChat { test in
            let anna = try await test.open()
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            if count > 0 {
                for number in 1...count { try await test.send("\(number)", to: notes, by: anna) }
            }
            try await body(test, anna, notes)
        }
    }

    /// A request for a gap in a conversation of ten messages.
    struct Gap: Sendable {
        let from: UInt32
        var to: UInt32?
        var limit = 200
        let expected: [UInt32]
        var more = false
    }

    @Test(
        "A gap answers what was asked for",
        arguments: [
            Gap(from: 1, expected: Array(1...10)), Gap(from: 0, expected: Array(1...10)),
            Gap(from: 10, expected: [10]), Gap(from: 11, expected: []), Gap(from: .max, expected: []),
            Gap(from: 3, to: 5, expected: [3, 4, 5]), Gap(from: 5, to: 3, expected: []),
            Gap(from: 5, to: 5, expected: [5]), Gap(from: 9, to: 99, expected: [9, 10]),
            Gap(from: 1, to: 0, expected: []), Gap(from: 1, limit: 3, expected: [1, 2, 3], more: true),
            Gap(from: 8, limit: 3, expected: [8, 9, 10]),
            Gap(from: 7, limit: 3, expected: [7, 8, 9], more: true),
            Gap(from: 1, to: 3, limit: 3, expected: [1, 2, 3]),
            Gap(from: 2, limit: 0, expected: [2], more: true),
            Gap(from: 2, limit: -7, expected: [2], more: true),
        ])
    func gap(_ gap: Gap) async throws {
        try await withNotes(10) { test, anna, notes in
            let answer = try await test.chat.catchUpGap(
                in: notes, from: MessageSeq(gap.from), to: gap.to.map { MessageSeq($0) }, limit: gap.limit,
                by: anna)
            #expect(answer.messages.map(\.seq.rawValue) == gap.expected)
            #expect(answer.messages.map(\.body) == gap.expected.map(String.init))
            #expect(answer.hasMore == gap.more)
            #expect(!answer.isReset)
            #expect(answer.seq == MessageSeq(10))
            #expect(answer.rev == 0)
        }
    }

    @Test("A hole of more than 500 is not filled, one of 500 is, in steps of 200")
    func reset() async throws {
        try await withNotes(501) { test, anna, notes in
            let reset = try await test.chat.catchUpGap(in: notes, from: MessageSeq(1), by: anna)
            #expect(reset.isReset && reset.messages.isEmpty && !reset.hasMore)
            #expect(reset.seq == MessageSeq(501))
            var seqs: [UInt32] = []
            var more = true
            while more {
                let from = MessageSeq((seqs.last ?? 1) + 1)
                let answer = try await test.chat.catchUpGap(in: notes, from: from, limit: 100_000, by: anna)
                #expect(!answer.isReset && answer.messages.count <= 200)
                seqs += answer.messages.map(\.seq.rawValue)
                more = answer.hasMore
            }
            #expect(seqs == Array(2...501))
            let bounded = try await test.chat.catchUpGap(
                in: notes, from: MessageSeq(1), to: MessageSeq(500), by: anna)
            #expect(!bounded.isReset && bounded.hasMore)
        }
    }

    /// A request for a page of a conversation of ten messages.
    struct Page: Sendable {
        let anchor: PageAnchor
        var limit = 4
        let expected: ClosedRange<UInt32>?
        var first = false
        var last = false
    }

    @Test(
        "A page is a window",
        arguments: [
            Page(anchor: .newest, expected: 7...10, last: true),
            Page(anchor: .newest, limit: 10, expected: 1...10, first: true, last: true),
            Page(anchor: .newest, limit: 99_999, expected: 1...10, first: true, last: true),
            Page(anchor: .newest, limit: 0, expected: 10...10, last: true),
            Page(anchor: .before(MessageSeq(7)), expected: 3...6),
            Page(anchor: .before(MessageSeq(5)), expected: 1...4, first: true),
            Page(anchor: .before(MessageSeq(3)), expected: 1...2, first: true),
            Page(anchor: .before(MessageSeq(1)), expected: nil, first: true),
            Page(anchor: .before(.zero), expected: nil, first: true),
            Page(anchor: .before(MessageSeq(11)), expected: 7...10, last: true),
            Page(anchor: .before(.max), expected: 7...10, last: true),
            Page(anchor: .after(.zero), expected: 1...4, first: true),
            Page(anchor: .after(MessageSeq(1)), expected: 2...5),
            Page(anchor: .after(MessageSeq(6)), expected: 7...10, last: true),
            Page(anchor: .after(MessageSeq(9)), expected: 10...10, last: true),
            Page(anchor: .after(MessageSeq(10)), expected: nil, last: true),
            Page(anchor: .after(.max), expected: nil, last: true),
            Page(anchor: .around(MessageSeq(5)), expected: 3...6),
            Page(anchor: .around(MessageSeq(5)), limit: 5, expected: 3...7),
            Page(anchor: .around(MessageSeq(1)), expected: 1...4, first: true),
            Page(anchor: .around(.zero), expected: 1...4, first: true),
            Page(anchor: .around(MessageSeq(10)), expected: 7...10, last: true),
            Page(anchor: .around(.max), expected: 7...10, last: true),
            Page(anchor: .around(MessageSeq(5)), limit: 1, expected: 5...5),
        ])
    func page(_ page: Page) async throws {
        try await withNotes(10) { test, anna, notes in
            let answer = try await test.chat.loadPage(of: notes, page.anchor, limit: page.limit, by: anna)
            #expect(answer.messages.map(\.seq.rawValue) == (page.expected.map { Array($0) } ?? []))
            #expect(answer.isFirst == page.first)
            #expect(answer.isLast == page.last)
        }
    }

    @Test(
        "An empty conversation is its own beginning and end",
        arguments: [
            PageAnchor.newest, .before(MessageSeq(1)), .after(.zero), .around(MessageSeq(5)), .before(.max),
        ])
    func emptyPage(anchor: PageAnchor) async throws {
        try await withNotes(0) { test, anna, notes in
            let answer = try await test.chat.loadPage(of: notes, anchor, by: anna)
            #expect(answer == PageAnswer(messages: [], isFirst: true, isLast: true))
            let gap = try await test.chat.catchUpGap(in: notes, from: MessageSeq(1), by: anna)
            #expect(
                gap
                    == GapAnswer(
                        messages: [], changed: [], seq: .zero, rev: 0, hasMore: false, hasMoreChanges: false,
                        isReset: false, firstSeq: MessageSeq(1)))
        }
    }

    @Test("Windows stay inside what exists, are as large as they can be, and hold their anchor")
    func windows() {
        for low in Int64(1)...3 {
            for high in low...9 {
                for limit in Int64(1)...6 {
                    for seq in UInt32(0)...11 {
                        let place = MessageSeq(seq)
                        for anchor in [PageAnchor.newest, .before(place), .after(place), .around(place)] {
                            check(
                                PageWindow(anchor, limit: limit, low: low, high: high), anchor, limit, low,
                                high)
                        }
                    }
                }
            }
        }
    }

    private func check(
        _ window: PageWindow, _ anchor: PageAnchor, _ limit: Int64, _ low: Int64, _ high: Int64
    ) {
        let (start, end) = (window.start, window.end)
        #expect(low <= start && start <= end && end <= high && end - start <= limit)
        switch anchor {
        case .newest:
            #expect(end == high && end - start == min(limit, high - low))
        case .before(let seq):
            #expect(end <= max(Int64(seq.rawValue), low) && (end - start == limit || start == low))
        case .after(let seq):
            #expect(start > min(Int64(seq.rawValue), high - 1) && (end - start == limit || end == high))
        case .around(let seq):
            #expect(end - start == min(limit, high - low))
            let exists = (low..<high).contains(Int64(seq.rawValue))
            #expect(!exists || (start..<end).contains(Int64(seq.rawValue)))
        }
    }

    @Test("Sync lists every conversation as the person sees it, and nobody else's")
    func sync() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let carl = try await test.person("carl")
            let places = [
                try await test.room("One", members: [bert], by: anna),
                try await test.room("Two", isPublic: false, members: [bert, carl], by: anna),
                try await test.chat.openDirect(with: bert, by: anna).id,
                try await test.chat.openDirect(with: bert, by: bert).id,
            ]
            _ = try await test.room("Foreign", by: anna)
            _ = try await test.chat.openDirect(with: carl, by: anna)
            try await test.send(String(repeating: "x", count: 5_000), to: places[0], by: anna)
            try await test.send("hello", to: places[2], by: bert)
            let answer = try await test.chat.sync(for: bert)
            #expect(answer.epoch == test.chat.epoch)
            #expect(Set(answer.conversations.map(\.id)) == Set(places))
            for summary in answer.conversations {
                #expect(try await test.summary(summary.id, for: bert) == summary)
            }
            let room = try #require(answer.conversations.first { $0.id == places[0] })
            #expect(room.unread == 1)
            #expect(room.last?.body.count == 200)
            #expect(room.marks?.map(\.user) == [anna])
            let direct = try #require(answer.conversations.first { $0.id == places[2] })
            #expect(
                direct.last
                    == MessagePreview(
                        seq: MessageSeq(1), sender: bert, senderName: "Bert", body: "hello",
                        sentAt: test.clock.now(),
                        kind: .text))
            await expectError(.unauthorized) { try await test.chat.sync(for: UserID(bits: 1)) }
        }
    }

    @Test("Foreign and unknown conversations are not found")
    func foreign() async throws {
        try await withNotes(1) { test, _, notes in
            let bert = try await test.person("bert")
            for place in [notes, ConversationID(bits: 1)] {
                await expectError(.notFound) {
                    try await test.chat.catchUpGap(in: place, from: MessageSeq(1), by: bert)
                }
                await expectError(.notFound) { try await test.chat.loadPage(of: place, .newest, by: bert) }
                await expectError(.notFound) {
                    try await test.chat.markRead(upTo: MessageSeq(1), in: place, by: bert)
                }
                await expectError(.notFound) { try await test.summary(place, for: bert) }
            }
        }
    }
}
