import ChatDomain
import Testing

@testable import ChatService

@Suite("Read and delivered positions")
struct PositionTests {
    @Test("Unread counts other people's messages above the read position, without system messages")
    func unread() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let carl = try await test.person("carl")
            let room = try await test.room(members: [bert], by: anna)  // 1 created, 2 added
            try await test.send("3", to: room, by: anna)
            try await test.send("4", to: room, by: anna)
            _ = try await test.chat.joinRoom(room, by: carl)  // 5 joined
            try await test.send("6", to: room, by: carl)
            #expect(try await test.summary(room, for: bert).unread == 3)
            #expect(try await test.summary(room, for: carl).unread == 0)
            #expect(try await test.summary(room, for: anna).unread == 1)
            func read(_ seq: UInt32) async throws -> ReadPosition {
                try await test.chat.markRead(upTo: MessageSeq(seq), in: room, by: bert)
            }
            #expect(
                try await read(2) == ReadPosition(read: MessageSeq(2), unread: 3, mentions: 0, revision: 0))
            #expect(
                try await read(3) == ReadPosition(read: MessageSeq(3), unread: 2, mentions: 0, revision: 0))
            #expect(
                try await read(5) == ReadPosition(read: MessageSeq(5), unread: 1, mentions: 0, revision: 0))
            #expect(
                try await read(6) == ReadPosition(read: MessageSeq(6), unread: 0, mentions: 0, revision: 0))
            try await test.chat.leaveRoom(room, by: carl)  // 7 left
            #expect(try await test.summary(room, for: bert).unread == 0)
            try await test.send("8", to: room, by: anna)
            #expect(try await test.summary(room, for: bert).unread == 1)
            // Sending reads everything before.
            try await test.send("9", to: room, by: bert)
            let mine = try await test.summary(room, for: bert)
            #expect(mine.unread == 0)
            #expect(mine.read == MessageSeq(9))
            #expect(mine.delivered == MessageSeq(9))
        }
    }

    @Test("Positions never move back, and not beyond the newest message")
    func bounds() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let direct = try await test.chat.openDirect(with: bert, by: anna).id
            for _ in 0..<5 { try await test.send("x", to: direct, by: anna) }
            test.announcer.clear()
            func read(_ seq: MessageSeq) async throws -> ReadPosition {
                try await test.chat.markRead(upTo: seq, in: direct, by: bert)
            }
            #expect(
                try await read(MessageSeq(3))
                    == ReadPosition(read: MessageSeq(3), unread: 2, mentions: 0, revision: 0))
            #expect(
                try await read(MessageSeq(1))
                    == ReadPosition(read: MessageSeq(3), unread: 2, mentions: 0, revision: 0))
            #expect(
                try await read(.zero)
                    == ReadPosition(read: MessageSeq(3), unread: 2, mentions: 0, revision: 0))
            #expect(test.announcer.all.count == 1)
            #expect(
                try await read(.max) == ReadPosition(read: MessageSeq(5), unread: 0, mentions: 0, revision: 0)
            )
            try await test.chat.markDelivered([(direct, MessageSeq(2))], by: bert)
            #expect(test.announcer.all.count == 2)
            #expect(try await test.summary(direct, for: bert).delivered == MessageSeq(5))
        }
    }

    @Test("A read position that moved is announced to the others, with unread for one's own devices")
    func readMark() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let direct = try await test.chat.openDirect(with: bert, by: anna).id
            for _ in 0..<3 { try await test.send("x", to: direct, by: anna) }
            test.announcer.clear()
            _ = try await test.chat.markRead(upTo: MessageSeq(2), in: direct, by: bert)
            let mark = Mark(
                conversation: direct, user: bert, read: MessageSeq(2), delivered: MessageSeq(2), unread: 1,
                mentions: 0, isShared: true)
            #expect(test.announcer.all == [.mark(mark)])
            #expect(
                try await test.summary(direct, for: anna).marks
                    == [MemberPositions(user: bert, delivered: MessageSeq(2), read: MessageSeq(2))])
        }
    }

    @Test("Delivered positions move together; foreign and unknown conversations are skipped in silence")
    func delivered() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let direct = try await test.chat.openDirect(with: bert, by: anna).id
            let room = try await test.room(members: [bert], by: anna)
            let foreign = try await test.room(by: anna)
            try await test.send("x", to: direct, by: anna)
            test.announcer.clear()
            try await test.chat.markDelivered(
                [
                    (direct, MessageSeq(9)), (room, MessageSeq(2)), (foreign, MessageSeq(1)),
                    (ConversationID(bits: 1), MessageSeq(1)), (direct, MessageSeq(1)),
                ], by: bert)
            #expect(
                test.announcer.marks.map {
                    "\($0.conversation == direct) \($0.delivered ?? .zero) \($0.read ?? .zero)"
                }
                    == ["true 1 0", "false 2 0"])
            #expect(test.announcer.marks.allSatisfy { $0.user == bert && $0.isShared && $0.unread == nil })
            #expect(try await test.summary(direct, for: bert).read == .zero)
            await expectError(.invalid) {
                try await test.chat.markDelivered(
                    Array(repeating: (conversation: direct, seq: MessageSeq(1)), count: 101), by: bert)
            }
            try await test.chat.markDelivered([], by: bert)
        }
    }

    @Test("Racing positions end at the highest one")
    func racing() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let direct = try await test.chat.openDirect(with: bert, by: anna).id
            for _ in 0..<60 { try await test.send("x", to: direct, by: anna) }
            test.announcer.clear()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seq in 1...60 {
                    group.addTask {
                        _ = try await test.chat.markRead(upTo: MessageSeq(UInt32(seq)), in: direct, by: bert)
                    }
                }
                try await group.waitForAll()
            }
            let announced = test.announcer.marks.compactMap(\.read)
            #expect(announced == announced.sorted())
            #expect(announced.last == MessageSeq(60))
            #expect(try await test.summary(direct, for: bert).unread == 0)
        }
    }

    @Test("Who comes back starts at the newest message")
    func rejoin() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(members: [bert], by: anna)
            try await test.send("x", to: room, by: anna)
            try await test.chat.leaveRoom(room, by: bert)
            try await test.send("y", to: room, by: anna)
            let joined = try await test.chat.joinRoom(room, by: bert)
            #expect(joined.unread == 0)
            #expect(joined.read == MessageSeq(5))
            #expect(joined.seq == MessageSeq(6))
        }
    }

    @Test("Reading too often is limited")
    func rate() async throws {
        var limits = RateLimits.none
        limits.actions = Rate(perSecond: 1, burst: 5)
        try await withChat(limits: limits) { test in
            let admin = try await test.setUp().account.user.id
            let notes = try await test.chat.openDirect(with: admin, by: admin).id
            for _ in 0..<4 { _ = try await test.chat.markRead(upTo: .zero, in: notes, by: admin) }
            let error = await expectError(.rate) {
                try await test.chat.markRead(upTo: .zero, in: notes, by: admin)
            }
            #expect(error?.after == 1_000)
        }
    }
}
