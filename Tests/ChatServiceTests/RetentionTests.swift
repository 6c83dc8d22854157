import ChatDomain
import ChatService
import ChatStoreSQLite
import Testing

@Suite("Messages that are kept for some days")
struct RetentionTests {
    private static let day: Int64 = 86_400_000

    /// A room of Anna's and Bert's, where messages are kept for two days.
    private struct Room {
        let test: TestChat
        let id: ConversationID
        let anna: UserID
        let bert: UserID

        /// Everything that has to go now is removed.
        func trim() async throws {
            while try await test.chat.trimHistory() {}
        }
    }

    private func withRoom(days: Int = 2, _ body: (Room) async throws -> Void) async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            var change = SettingsChange()
            change.retentionDays = days
            _ = try await test.chat.changeSettings(change, by: anna, from: RequestSource(.local))
            let id = try await test.room(members: [bert], by: anna)
            try await body(Room(test: test, id: id, anna: anna, bert: bert))
        }
    }

    @Test(
        "What is older goes with all that hangs on it; places, order and newer messages stay, and members hear of it once"
    )
    func trim() async throws {
        try await withRoom { room in
            let (test, chat) = (room.test, room.test.chat)
            let old = try await test.send("old https://example.org @bert", to: room.id, by: room.anna)
            _ = try await chat.reactToMessage(
                old.seq, in: room.id, emoji: Emoji("👍"), isOn: true, mid: test.mid(), by: room.bert)
            _ = try await chat.pinMessage(old.seq, in: room.id, isOn: true, mid: test.mid(), by: room.anna)
            _ = try await chat.editMessage(
                old.seq, in: room.id, body: MessageBody("old, edited @bert"), base: 1, mid: test.mid(),
                by: room.anna)
            test.clock.advance(milliseconds: Self.day)
            let reply = try await test.send("reply", to: room.id, quoting: old.seq, by: room.bert)
            while try await chat.indexMessages() {}
            let before = try await test.summary(room.id, for: room.bert)
            test.announcer.clear()
            #expect(try await !chat.trimHistory())
            test.clock.advance(milliseconds: Self.day + 1)
            try await room.trim()
            let trimmed = HistoryTrim(conversation: room.id, rev: before.rev + 1, firstSeq: reply.seq)
            #expect(test.announcer.all == [.trimmed(trimmed)])

            let page = try await chat.loadPage(of: room.id, .newest, by: room.bert)
            #expect(page.messages.map(\.body) == ["reply"] && page.messages.map(\.seq) == [reply.seq])
            #expect(page.isFirst && page.messages.first?.quote == nil)
            let after = try await test.summary(room.id, for: room.bert)
            #expect(after.firstSeq == reply.seq && after.seq == reply.seq && after.rev == before.rev + 1)
            // Whoever missed it is told by the numbers of changes, and of nothing that is gone.
            let gap = try await chat.catchUpGap(
                in: room.id, from: MessageSeq(1), rev: before.rev, by: room.bert)
            #expect(gap.messages.map(\.seq) == [reply.seq] && gap.changed.isEmpty && !gap.isReset)
            #expect(gap.rev == before.rev + 1 && gap.firstSeq == reply.seq)
            #expect(
                try await chat.catchUpGap(in: room.id, from: reply.seq, rev: 0, by: room.bert).changed.isEmpty
            )

            #expect(try await chat.pins(of: room.id, by: room.anna).isEmpty)
            #expect(try await chat.mentions(by: room.bert).messages.isEmpty)
            let found = try await chat.searchMessages(MessageQuery("old"), by: room.anna)
            #expect(found.hits.isEmpty)
            await expectError(.notFound) { try await chat.versions(of: old.seq, in: room.id, by: room.anna) }
            await expectError(.notFound) { try await chat.thread(of: old.seq, in: room.id, by: room.anna) }
            await expectError(.notFound) {
                try await chat.deleteMessage(old.seq, in: room.id, mid: test.mid(), by: room.anna)
            }
            let next = try await test.send("next", to: room.id, by: room.anna)
            #expect(next.seq == reply.seq.next)
            #expect(try await test.store.integrityProblems().isEmpty)
        }
    }

    @Test("Nothing goes when there is no end, and nothing more once it was switched off")
    func endless() async throws {
        try await withRoom(days: 0) { room in
            try await room.test.send("old", to: room.id, by: room.anna)
            room.test.clock.advance(milliseconds: 1_000 * Self.day)
            #expect(try await !room.test.chat.trimHistory())
            #expect(try await room.test.summary(room.id, for: room.anna).firstSeq == MessageSeq(1))
        }
    }

    @Test("A conversation whose messages are all old is empty, and goes on")
    func all() async throws {
        try await withRoom { room in
            let (test, chat) = (room.test, room.test.chat)
            try await test.send("old", to: room.id, by: room.anna)
            let last = try await test.send("older than two days", to: room.id, by: room.anna)
            test.clock.advance(milliseconds: 3 * Self.day)
            try await room.trim()
            let summary = try await test.summary(room.id, for: room.bert)
            #expect(summary.firstSeq == last.seq.next && summary.seq == last.seq)
            #expect(summary.unread == 0 && summary.read == last.seq && summary.last == nil)
            let page = try await chat.loadPage(of: room.id, .newest, by: room.bert)
            #expect(page.messages.isEmpty && page.isFirst && page.isLast)
            let next = try await test.send("new", to: room.id, by: room.anna)
            #expect(next.seq == last.seq.next)
            let later = try await test.summary(room.id, for: room.bert)
            #expect(later.unread == 1 && later.last?.body == "new")
            #expect(try await chat.loadPage(of: room.id, .newest, by: room.bert).isFirst)
        }
    }

    @Test("Whoever had not read what is gone has the rest unread, and the digest agrees")
    func unread() async throws {
        try await withRoom { room in
            let (test, chat) = (room.test, room.test.chat)
            for number in 1...3 { try await test.send("old \(number)", to: room.id, by: room.anna) }
            // Bert goes back by hand, so that his own message counts among those above his position.
            try await test.send("mine", to: room.id, by: room.bert)
            _ = try await chat.markUnread(from: MessageSeq(1), in: room.id, revision: 1, by: room.bert)
            let last = try await test.send("old 4", to: room.id, by: room.anna)
            test.clock.advance(milliseconds: 2 * Self.day)
            try await test.send("mine too", to: room.id, by: room.anna)
            for number in 1...2 { try await test.send("new \(number)", to: room.id, by: room.anna) }
            test.clock.advance(milliseconds: 1)
            try await room.trim()
            let summary = try await test.summary(room.id, for: room.bert)
            #expect(summary.firstSeq == last.seq.next && summary.read == last.seq && summary.unread == 3)
            let answer = try await chat.sync(for: room.bert)
            var digest = StateDigest()
            for one in answer.conversations {
                digest.toggle(one.id, seq: one.seq, rev: one.rev, read: one.read)
            }
            #expect(answer.digest == digest)
            // Positions go on from there: forwards, and back to the oldest message that is left.
            let read = try await chat.markRead(upTo: last.seq.next, in: room.id, revision: 1, by: room.bert)
            #expect(read.read == last.seq.next && read.unread == 2)
            let back = try await chat.markUnread(from: MessageSeq(1), in: room.id, revision: 2, by: room.bert)
            #expect(back.read == last.seq && back.unread == 3)
        }
    }

    @Test("A repeated cid answers its first result, also when the message is gone")
    func repeated() async throws {
        try await withRoom { room in
            let cid = room.test.cid()
            let sent = try await room.test.send("once", cid: cid, to: room.id, by: room.anna)
            room.test.clock.advance(milliseconds: 3 * Self.day)
            try await room.trim()
            let again = try await room.test.send("once", cid: cid, to: room.id, by: room.anna)
            #expect(again.isDuplicate && again.seq == sent.seq && again.sentAt == sent.sentAt)
            await expectError(.cidReused) {
                try await room.test.send("twice", cid: cid, to: room.id, by: room.anna)
            }
        }
    }

    @Test("A long history goes in many small steps, told once, and a restart in between goes on")
    func steps() async throws {
        try await withRoom { room in
            let (test, chat) = (room.test, room.test.chat)
            for number in 1...250 { try await test.send("\(number)", to: room.id, by: room.anna) }
            test.clock.advance(milliseconds: 3 * Self.day)
            let kept = try await test.send("kept", to: room.id, by: room.anna)
            test.announcer.clear()
            #expect(try await chat.trimHistory())
            #expect(test.announcer.all.isEmpty)
            #expect(try await test.summary(room.id, for: room.anna).firstSeq == MessageSeq(101))
            try await room.trim()
            #expect(test.announcer.all.count == 1)
            #expect(try await test.summary(room.id, for: room.anna).firstSeq == kept.seq)
        }
    }

    @Test("Files that came with what is gone are removed, unless they came with something else too")
    func files() async throws {
        try await withRoom { room in
            let (test, chat) = (room.test, room.test.chat)
            let (one, both) = (
                try await test.upload("one", by: room.anna), try await test.upload("both", by: room.anna)
            )
            _ = try await chat.sendMessage(
                .none, files: [one, both], cid: test.cid(), to: room.id, by: room.anna)
            test.clock.advance(milliseconds: 2 * Self.day)
            _ = try await chat.sendMessage(.none, files: [both], cid: test.cid(), to: room.id, by: room.anna)
            test.clock.advance(milliseconds: 1)
            try await room.trim()
            #expect(try await chat.prune().files == 1)
            await expectError(.notFound) { try await chat.openFile(one, thumbnail: false, by: room.bert) }
            _ = try await chat.openFile(both, thumbnail: false, by: room.bert)
        }
    }
}
