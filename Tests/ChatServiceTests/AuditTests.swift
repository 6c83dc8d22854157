import ChatDomain
import ChatStoreSQLite
import Testing

@testable import ChatService

@Suite("The audit log")
struct AuditTests {
    @Test("Everything that matters is kept: who, from where, what, to whom")
    func entries() async throws {
        try await withChat { test in
            let source = RequestSource(ip: "192.0.2.7", agent: nil)
            let anna = try await test.setUp("anna").account.user.id
            _ = try await test.chat.changeSettings(signup: .open, name: nil, by: anna, from: source)
            await expectError(.credentials) { try await test.signIn("anna", password: "horse battery 8") }
            await expectError(.credentials) { try await test.signIn("horse-battery-9") }
            let bert = try await test.signUp("bert")
            try await test.chat.signOut(bert.token, from: source)
            var ban = PersonChange()
            ban.state = .banned
            _ = try await test.chat.changePerson(bert.account.user.id, ban, by: Actor(anna, from: source))

            let entries = try await test.chat.auditEntries(
                before: nil, action: nil, actor: nil, limit: 50, by: anna)
            #expect(
                entries.map(\.action)
                    == [.banned, .signOut, .signUp, .signInFailed, .signInFailed, .settingsChanged, .setUp])
            #expect(entries.map(\.id) == [7, 6, 5, 4, 3, 2, 1])
            #expect(entries[0].actor?.id == anna && entries[0].ip == "192.0.2.7")
            #expect(entries[0].target == bert.account.user.id.description)
            #expect(entries[5].data == #"{"signup":"open"}"#)
            // A name that nobody has may be a password in the wrong field.
            #expect(entries[3].target == nil && entries[3].data == #"{"code":"credentials"}"#)
            #expect(entries[4].target == anna.description && entries[4].actor == nil)
            let some = try await test.chat.auditEntries(
                before: 7, action: .signInFailed, actor: nil, limit: 1, by: anna)
            #expect(some.map(\.id) == [4])
            let own = try await test.chat.auditEntries(
                before: nil, action: nil, actor: anna, limit: 50, by: anna)
            #expect(own.map(\.id) == [7, 2, 1])
        }
    }

    @Test("The chain holds, and shows what was changed or removed")
    func chain() async throws {
        func row(_ last: AuditRow?, _ target: String?) -> AuditRow {
            AuditChain.next(
                after: last, at: Timestamp(milliseconds: 5), actor: UserID(bits: 1), ip: "192.0.2.7",
                action: .banned, target: target, data: nil)
        }
        let first = row(nil, "a")
        let second = row(first, "b")
        #expect(AuditChain.problem(of: first, after: nil) == nil)
        #expect(AuditChain.problem(of: second, after: first) == nil)
        #expect(AuditChain.problem(of: second, after: nil) != nil)
        let changed = AuditRow(
            id: 2, at: second.at, actor: second.actor, ip: second.ip, action: second.action, target: "c",
            data: nil, previous: second.previous, hash: second.hash)
        #expect(AuditChain.problem(of: changed, after: first) == "entry 2 was changed")
        // A field that is missing is not one that is empty, and fields do not run into each other.
        #expect(row(nil, nil).hash != row(nil, "").hash)
    }

    @Test("A check of the log of a running chat")
    func verify() async throws {
        try await withChat { test in
            let empty = try await test.chat.verifyAudit()
            #expect(empty == AuditVerdict(entries: 0, hash: String(repeating: "0", count: 64), problem: nil))
            try await test.open()
            for _ in 0..<20 { _ = try await test.signIn("admin") }
            let verdict = try await test.chat.verifyAudit()
            #expect(verdict.problem == nil && verdict.entries == 22)
            #expect(verdict.hash.count == 64)
        }
    }
}
