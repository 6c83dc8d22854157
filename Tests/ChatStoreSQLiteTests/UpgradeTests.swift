import ChatDomain
import ChatService
import Foundation
import GRDB
import Testing

@testable import ChatStoreSQLite

@Suite("Upgrading older databases")
struct UpgradeTests {
    @Test("The first release's database keeps every message, membership and position")
    func fromTheFirst() async throws {
        let folder = try TemporaryFolder()
        let user = UserID(bits: 1)
        let room = ConversationID(bits: 2)
        let old = try DatabaseQueue(path: folder.path())
        try Schema.migrator.migrate(old, upTo: "004 messages")
        try await old.write { db in
            try db.execute(
                sql: """
                    INSERT INTO users (id, pub, username, name, name_fold, role, created_at)
                        VALUES (1, ?, 'anna', 'Anna', 'anna', 1, 5);
                    INSERT INTO conversations (id, pub, kind, name, name_fold, created_by, created_at, last_ts, last_seq,
                        last_n, members) VALUES (1, ?, 3, 'Garden', 'garden', 1, 5, 9, 100, 100, 1);
                    INSERT INTO memberships (user_id, conv_id, role, joined_at, joined_seq, read_seq, read_n, got_seq)
                        VALUES (1, 1, 1, 5, 0, 40, 40, 50);
                    """, arguments: [user.description, room.description])
            for seq in 1...100 {
                try db.execute(
                    sql: "INSERT INTO messages (k, sender_id, ts, n, kind, body) VALUES (?, 1, ?, ?, 0, ?)",
                    arguments: [1 << 32 | seq, seq, seq, "message \(seq)"])
            }
        }
        try old.close()

        let fixture = try StoreFixture(folder: folder)
        let (bodies, summary) = try await fixture.store.read { store in
            let access = try #require(try store.access(of: user, to: room))
            let messages = try store.messages(
                of: access.conversation, in: MessageSeq(1)...MessageSeq(100), first: 200)
            #expect(
                messages.allSatisfy { $0.version == 1 && $0.rev == 0 && !$0.isDeleted && $0.quote == nil })
            #expect(messages.map(\.count) == (1...100).map { Int64($0) })
            return (messages.map(\.body), try store.summary(of: access.conversation.key, for: access.user))
        }
        #expect(bodies == (1...100).map { "message \($0)" })
        #expect(summary?.name == "Garden" && summary?.role == .owner)
        #expect(summary?.read == MessageSeq(40) && summary?.delivered == MessageSeq(50))
        #expect(summary?.unread == 60)
        #expect(summary?.rev == 0 && summary?.mentions == 0 && summary?.readRevision == 0)
        #expect(summary?.arrangement == Arrangement())
        #expect(summary?.isArchived == false)
        #expect(try await fixture.store.integrityProblems() == [])
        await fixture.store.close()
    }
}
