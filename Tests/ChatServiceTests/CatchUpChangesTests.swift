import ChatDomain
import Testing

@testable import ChatService

@Suite("Catching up with changes, and moving back")
struct CatchUpChangesTests {
    private func notes(_ body: (TestChat, UserID, ConversationID) async throws -> Void) async throws {
        try await withChat { test in
            let anna = try await test.open()
            try await body(test, anna, test.chat.openDirect(with: anna, by: anna).id)
        }
    }

    private func edit(
        _ seq: UInt32, _ base: Int64, _ test: TestChat, _ room: ConversationID, _ user: UserID
    ) async throws {
        _ = try await test.chat.editMessage(
            MessageSeq(seq), in: room, body: MessageBody("v\(base + 1)"), base: base, mid: test.mid(),
            by: user)
    }

    @Test("Changed messages come once, as they are now, in the order of their newest changes")
    func changed() async throws {
        try await notes { test, anna, room in
            for _ in 0..<4 { try await test.send("v1", to: room, by: anna) }
            try await edit(1, 1, test, room, anna)
            try await edit(2, 1, test, room, anna)
            try await edit(1, 2, test, room, anna)
            func gap(_ rev: Int64?) async throws -> GapAnswer {
                try await test.chat.catchUpGap(in: room, from: MessageSeq(5), rev: rev, by: anna)
            }
            let all = try await gap(0)
            #expect(all.changed.map(\.seq.rawValue) == [2, 1] && all.changed.map(\.body) == ["v2", "v3"])
            #expect(all.changed.map(\.rev) == [2, 3] && all.rev == 3 && !all.hasMoreChanges)
            #expect(all.messages.isEmpty && !all.isReset)
            #expect(try await gap(2).changed.map(\.seq.rawValue) == [1])
            #expect(try await gap(3).changed == [])
            #expect(try await gap(99).changed == [])
            #expect(try await gap(nil).changed == [])
        }
    }

    @Test("More changes than fit in an answer are asked for again")
    func many() async throws {
        try await notes { test, anna, room in
            let count = Limits.gapChanges + 5
            for seq in 1...count {
                try await test.send("v1", to: room, by: anna)
                try await edit(UInt32(seq), 1, test, room, anna)
            }
            let first = try await test.chat.catchUpGap(in: room, from: .max, rev: 0, by: anna)
            #expect(first.changed.count == Limits.gapChanges && first.hasMoreChanges)
            let rest = try await test.chat.catchUpGap(
                in: room, from: .max, rev: first.changed.last?.rev, by: anna)
            #expect(rest.changed.count == 5 && !rest.hasMoreChanges)
        }
    }

    @Test("Changes are kept for 30 days; who comes later starts anew")
    func pruned() async throws {
        try await notes { test, anna, room in
            for _ in 0..<3 { try await test.send("v1", to: room, by: anna) }
            try await edit(1, 1, test, room, anna)
            try await edit(2, 1, test, room, anna)
            test.clock.advance(days: 20)
            try await edit(3, 1, test, room, anna)
            #expect(try await test.chat.prune().changes == 0)
            test.clock.advance(days: 11)
            #expect(try await test.chat.prune().changes == 2)
            func gap(_ rev: Int64) async throws -> GapAnswer {
                try await test.chat.catchUpGap(in: room, from: MessageSeq(1), rev: rev, by: anna)
            }
            #expect(try await gap(1).isReset)
            #expect(try await gap(1).messages.isEmpty)
            let known = try await gap(2)
            #expect(!known.isReset && known.changed.map(\.seq.rawValue) == [3])
            #expect(try await gap(3).changed.isEmpty)
        }
    }

    @Test("The digest is the same for everybody who sees the same, and follows every change")
    func digest() async throws {
        try await notes { test, anna, room in
            let bert = try await test.person("bert")
            func digest() async throws -> StateDigest {
                let answers = try await test.chat.digests(of: [anna, UserID(bits: 7), bert])
                #expect(answers.map(\.user) == [anna, UserID(bits: 7), bert])
                #expect(answers[1].digest == StateDigest() && answers[2].digest == StateDigest())
                #expect(try await test.chat.sync(for: anna).digest == answers[0].digest)
                return answers[0].digest
            }
            var seen: Set<StateDigest> = [try await digest()]
            try await test.send("v1", to: room, by: anna)
            #expect(seen.insert(try await digest()).inserted)
            try await edit(1, 1, test, room, anna)
            #expect(seen.insert(try await digest()).inserted)
            _ = try await test.chat.markUnread(from: MessageSeq(1), in: room, revision: 1, by: anna)
            #expect(seen.insert(try await digest()).inserted)
        }
    }

    @Test("Moving back by hand: the highest revision counts, others' messages are unread, one's own are not")
    func unread() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let direct = try await test.chat.openDirect(with: bert, by: anna).id
            for (index, who) in [bert, bert, anna, bert, anna].enumerated() {
                try await test.send("\(index) @admin", to: direct, by: who)
            }
            test.announcer.clear()
            let moved = try await test.chat.markUnread(from: MessageSeq(2), in: direct, revision: 1, by: anna)
            #expect(moved == ReadPosition(read: MessageSeq(1), unread: 2, mentions: 2, revision: 1))
            let mark = try #require(test.announcer.marks.first)
            #expect(
                mark.read == MessageSeq(1) && mark.unread == 2 && mark.readRevision == 1 && !mark.isShared)
            let summary = try await test.summary(direct, for: anna)
            #expect(summary.unread == 2 && summary.readRevision == 1 && summary.mentions == 2)
            // A device that has not heard of it does not undo it; neither does an older move.
            let late = try await test.chat.markRead(upTo: MessageSeq(5), in: direct, revision: 0, by: anna)
            #expect(late == moved)
            #expect(
                try await test.chat.markUnread(from: MessageSeq(5), in: direct, revision: 1, by: anna)
                    == moved)
            let part = try await test.chat.markRead(upTo: MessageSeq(2), in: direct, revision: 1, by: anna)
            #expect(part.read == MessageSeq(2) && part.unread == 1 && part.mentions == 1)
            #expect(try await test.chat.markRead(upTo: MessageSeq(5), in: direct, by: anna).unread == 0)
            let all = try await test.chat.markUnread(from: .zero, in: direct, revision: 2, by: anna)
            #expect(all.read == .zero && all.unread == 3)
            let beyond = try await test.chat.markUnread(from: .max, in: direct, revision: 3, by: anna)
            #expect(beyond.read == MessageSeq(5) && beyond.unread == 0)
            await expectError(.invalid) {
                try await test.chat.markUnread(from: .zero, in: direct, revision: .max, by: anna)
            }
            await expectError(.notFound) {
                try await test.chat.markUnread(from: .zero, in: direct, revision: 9, by: UserID(bits: 3))
            }
        }
    }
}
