import ChatDomain
import ChatService
import Testing

@Suite("Replies and mentions")
struct ReplyAndMentionTests {
    @Test("A reply quotes, counts at what it replies to, and both are announced")
    func reply() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(members: [bert], by: anna)
            let root = try await test.send(String(repeating: "é", count: 300), to: room, by: anna)
            test.announcer.clear()
            let sent = try await test.send("yes", to: room, quoting: root.seq, by: bert)
            let page = try await test.chat.loadPage(of: room, .newest, by: anna).messages
            let reply = try #require(page.last)
            let changed = try #require(page.first { $0.seq == root.seq })
            #expect(
                reply.quote
                    == Quote(
                        seq: root.seq, sender: anna, senderName: "Admin",
                        body: String(repeating: "é", count: 200), isDeleted: false))
            #expect(changed.replies == 1 && changed.rev == 1)
            #expect(
                test.announcer.all == [
                    .message(reply), .changed(MessageChange(kind: .reply, message: changed)),
                ])
            let thread = try await test.chat.thread(of: root.seq, in: room, by: bert)
            #expect(thread.root == changed && thread.messages == [reply] && thread.isFirst)
            // A reply that goes is counted no more; what a quote shows is what is there now.
            _ = try await test.chat.deleteMessage(sent.seq, in: room, mid: test.mid(), by: bert)
            #expect(test.announcer.all.count == 4)
            #expect(try await test.chat.thread(of: root.seq, in: room, by: bert).root.replies == 0)
            #expect(try await test.chat.thread(of: root.seq, in: room, by: bert).messages == [])
            #expect(try await test.summary(room, for: anna).rev == 3)
        }
    }

    @Test(
        "A quote follows its message: edited, deleted; replying to what is gone is possible, to nothing is not"
    )
    func quotes() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            let root = try await test.send("one", to: notes, by: anna)
            try await test.send("re", to: notes, quoting: root.seq, by: anna)
            _ = try await test.chat.editMessage(
                root.seq, in: notes, body: MessageBody("two"), base: 1, mid: test.mid(), by: anna)
            func quote() async throws -> Quote? {
                try await test.chat.loadPage(of: notes, .newest, by: anna).messages.last?.quote
            }
            #expect(try await quote()?.body == "two")
            _ = try await test.chat.deleteMessage(root.seq, in: notes, mid: test.mid(), by: anna)
            #expect(try await quote()?.isDeleted == true)
            #expect(try await quote()?.body == "")
            let rev = try await test.summary(notes, for: anna).rev
            try await test.send("late", to: notes, quoting: root.seq, by: anna)
            #expect(try await test.summary(notes, for: anna).rev == rev)
            await expectError(.notFound) {
                try await test.send("x", to: notes, quoting: MessageSeq(99), by: anna)
            }
            #expect(try await test.summary(notes, for: anna).seq == MessageSeq(3))
        }
    }

    @Test("A cid with another quote is another message; a thread comes in pages")
    func threadPages() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            let root = try await test.send("root", to: notes, by: anna)
            let cid = test.cid()
            try await test.send("0", cid: cid, to: notes, quoting: root.seq, by: anna)
            #expect(try await test.send("0", cid: cid, to: notes, quoting: root.seq, by: anna).isDuplicate)
            await expectError(.cidReused) { try await test.send("0", cid: cid, to: notes, by: anna) }
            for index in 1..<5 {
                try await test.send("aside", to: notes, by: anna)
                try await test.send("\(index)", to: notes, quoting: root.seq, by: anna)
            }
            let last = try await test.chat.thread(of: root.seq, in: notes, limit: 3, by: anna)
            #expect(last.messages.map(\.body) == ["2", "3", "4"] && !last.isFirst)
            let first = try await test.chat.thread(
                of: root.seq, in: notes, before: last.messages.first?.seq, limit: 3, by: anna)
            #expect(first.messages.map(\.body) == ["0", "1"] && first.isFirst)
        }
    }

    @Test("Members are named, others are not; the count follows reading; the inbox is newest first")
    func mentions() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            _ = try await test.person("carl")
            let room = try await test.room(members: [bert], by: anna)
            try await test.send("@bert @carl @nobody @admin `@bert`", to: room, by: anna)
            #expect(test.announcer.messages.last?.mentions == [bert])
            #expect(try await test.summary(room, for: bert).mentions == 1)
            try await test.send("nothing", to: room, by: anna)
            let all = try await test.send("@room and @bert", to: room, by: anna)
            #expect(test.announcer.messages.last?.mentionsAll == true)
            #expect(test.announcer.messages.last?.mentions == [])
            #expect(try await test.summary(room, for: bert).mentions == 2)
            #expect(try await test.summary(room, for: anna).mentions == 0)
            let page = try await test.chat.mentions(limit: 1, by: bert)
            #expect(page.messages.map(\.seq) == [all.seq])
            let rest = try await test.chat.mentions(before: page.next, limit: 1, by: bert)
            #expect(rest.messages.map(\.mentions) == [[bert]] && rest.next == nil)
            #expect(try await test.chat.mentions(by: anna).messages == [])
            test.announcer.clear()
            let position = try await test.chat.markRead(upTo: all.seq.previous, in: room, by: bert)
            #expect(position.mentions == 1 && position.unread == 1)
            #expect(test.announcer.marks.first?.mentions == 1)
            #expect(try await test.chat.markRead(upTo: all.seq, in: room, by: bert).mentions == 0)
            // Who leaves has nothing there any more.
            try await test.chat.leaveRoom(room, by: bert)
            #expect(try await test.chat.mentions(by: bert).messages == [])
        }
    }

    @Test("An edit names anew: who is no longer named is not, who stays named stays in place")
    func editedMentions() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let carl = try await test.person("carl")
            let room = try await test.room(members: [bert, carl], by: anna)
            let sent = try await test.send("@bert", to: room, by: anna)
            func edit(_ body: String, _ base: Int64) async throws {
                _ = try await test.chat.editMessage(
                    sent.seq, in: room, body: MessageBody(body), base: base, mid: test.mid(), by: anna)
            }
            try await edit("@bert @carl", 1)
            #expect(try await test.summary(room, for: carl).mentions == 1)
            try await edit("@carl", 2)
            #expect(try await test.summary(room, for: bert).mentions == 0)
            #expect(try await test.chat.mentions(by: bert).messages == [])
            try await edit("@all", 3)
            #expect(try await test.summary(room, for: bert).mentions == 1)
            #expect(try await test.summary(room, for: carl).mentions == 1)
            try await edit("none", 4)
            let message = try await test.chat.loadPage(of: room, .newest, by: anna).messages.last
            #expect(message?.mentionsAll == false && message?.mentions == [])
            #expect(try await test.chat.mentions(by: carl).messages == [])
        }
    }
}
