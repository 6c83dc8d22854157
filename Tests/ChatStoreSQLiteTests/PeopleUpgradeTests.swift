import ChatDomain
import ChatService
import Foundation
import GRDB
import Testing

@testable import ChatStoreSQLite

@Suite("Databases of older versions")
struct PeopleUpgradeTests {
    private static let anna = UserID(bits: 7)
    private static let room = ConversationID(bits: 8)
    private static let code = [UInt8](repeating: 9, count: 32)

    /// A database as the first version made it, with somebody, a session, an invitation, a room and a message in it.
    private static func makeFirstVersion(at path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: "004 messages")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO users (id, pub, username, name, name_fold, role, created_at)
                        VALUES (1, '\(anna)', 'anna', 'Anna', 'anna', 1, 1000);
                    INSERT INTO credentials (user_id, kind, secret, created_at) VALUES (1, 1, 'hash', 1000);
                    INSERT INTO sessions (pub, token_hash, user_id, created_at, seen_at, expires_at)
                        VALUES ('\(SessionID(bits: 3))', x'01', 1, 1000, 2000, 9000);
                    INSERT INTO conversations (id, pub, kind, name, created_by, created_at, last_seq, last_n, last_ts, members)
                        VALUES (1, '\(room)', 3, 'Room', 1, 1000, 1, 1, 1500, 1);
                    INSERT INTO memberships (user_id, conv_id, role, joined_at, joined_seq, read_seq, read_n, got_seq)
                        VALUES (1, 1, 1, 1000, 0, 1, 1, 1);
                    INSERT INTO messages (k, sender_id, ts, n, kind, body) VALUES ((1 << 32) | 1, 1, 1500, 1, 0, 'hello');
                    INSERT INTO settings (key, value) VALUES ('name', 'Old Place');
                    """)
            try db.execute(
                sql: """
                    INSERT INTO invites (code_hash, by_user, max_uses, created_at, expires_at) VALUES (?, 1, 3, 1000, 9000)
                    """, arguments: [Data(code)])
        }
        try queue.close()
    }

    @Test("The first version's database is brought up to date, and nothing in it is lost")
    func firstVersion() async throws {
        let folder = try TemporaryFolder()
        try Self.makeFirstVersion(at: folder.path())
        let fixture = try StoreFixture(folder: folder)
        let now = Timestamp(milliseconds: 3_000)
        try await fixture.store.read { store in
            let person = try #require(try store.person(Self.anna))
            #expect(person.account.isAdmin && person.account.user.state == .active)
            #expect(person.account.user.status == "")
            let profile = try #require(try store.profile(of: person.key))
            #expect(profile.preferences == .none && profile.locale == nil && !profile.hasTOTP)
            #expect(try store.passwordHash(of: person.key)?.encoded == "hash")
            let sessions = try store.sessions(of: person.key, at: now)
            #expect(sessions.map(\.id) == [SessionID(bits: 3)] && sessions[0].ip == nil)
            let invite = try #require(try store.invite(codeHash: Self.code))
            #expect(invite.listing.problem(at: now) == nil && invite.rooms.isEmpty)
            #expect(try store.invites(limit: 10) == [invite.listing])
            #expect(try store.settings().name == "Old Place")
            let summary = try #require(try store.summaries(of: person.key).first)
            #expect(summary.id == Self.room && summary.last?.body == "hello")
            #expect(try store.counts().messages == 1)
            #expect(try store.lastAuditRow() == nil)
        }
        #expect(try await fixture.store.integrityProblems() == [])
        await fixture.store.close()
    }

    @Test("The audit log takes no changes and no removals")
    func auditOnlyGrows() async throws {
        try await withStore { fixture in
            try await fixture.store.write { store in
                try store.insertAuditRow(
                    AuditRow(
                        id: 1, at: Timestamp(milliseconds: 1), actor: nil, ip: nil, action: "setup",
                        target: nil, data: nil, previous: [0], hash: [1]))
            } committed: { _ in
            }
            for sql in ["DELETE FROM audit", "UPDATE audit SET ip = 'x'"] {
                let error = await chatError {
                    try await fixture.store.write {
                        try ($0 as? Transaction)?.run(sql, [])
                    } committed: { _ in
                    }
                }
                #expect(error == .unavailable)
            }
            #expect(try await fixture.store.read { try $0.lastAuditRow()?.ip } == nil)
            #expect(fixture.failures.all.count == 2)
        }
    }
}
