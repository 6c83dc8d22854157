import ChatDomain
import Testing

@testable import ChatService

@Suite("Invitations")
struct InviteTests {
    @Test("An invitation makes as many accounts as it says")
    func uses() async throws {
        try await withChat { test in
            let admin = try await test.setUp().account.user
            let invite = try await test.chat.createInvite(InviteTerms(hours: 1, uses: 2), by: admin.id)
            #expect(invite.uses == 2)
            #expect(invite.expiresAt == test.clock.now().advanced(byMilliseconds: 3_600_000))
            #expect(try await test.chat.checkInvite(invite.code).problem == nil)
            #expect(try await test.chat.checkInvite(invite.code).by == admin)
            _ = try await test.signUp("bert", invite: invite.code)
            _ = try await test.signUp("carl", invite: invite.code)
            #expect(try await test.chat.checkInvite(invite.code).problem == .used)
            await expectError(.inviteInvalid) { try await test.signUp("dora", invite: invite.code) }
        }
    }

    @Test(
        "An invitation ends when its hours are over",
        arguments: [(3_599_999 as Int64, true), (3_600_000, false)])
    func expiry(milliseconds: Int64, works: Bool) async throws {
        try await withChat { test in
            let admin = try await test.setUp().account.user
            let invite = try await test.chat.createInvite(InviteTerms(hours: 1, uses: 1), by: admin.id)
            test.clock.advance(milliseconds: milliseconds)
            #expect(try await test.chat.checkInvite(invite.code).problem == (works ? nil : .expired))
            if works {
                _ = try await test.signUp("bert", invite: invite.code)
            } else {
                await expectError(.inviteInvalid) { try await test.signUp("bert", invite: invite.code) }
            }
        }
    }

    @Test("A use is not lost to a sign-up that fails")
    func failedSignUp() async throws {
        try await withChat { test in
            let admin = try await test.setUp().account.user.id
            let invite = try await test.chat.createInvite(InviteTerms(), by: admin)
            await expectError(.usernameTaken) { try await test.signUp("admin", invite: invite.code) }
            _ = try await test.signUp("bert", invite: invite.code)
        }
    }

    @Test("Sign-ups that race share the uses")
    func raced() async throws {
        try await withChat { test in
            let admin = try await test.setUp().account.user.id
            let invite = try await test.chat.createInvite(InviteTerms(uses: 3), by: admin)
            let winners = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<16 {
                    group.addTask { (try? await test.signUp("user\(index)", invite: invite.code)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 3)
        }
    }

    @Test("Only administrators make invitations and see or change settings")
    func administrators() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let bert = try await test.person("bert")
            await expectError(.forbidden) { try await test.chat.createInvite(InviteTerms(), by: bert) }
            await expectError(.forbidden) { try await test.chat.settings(for: bert) }
            await expectError(.forbidden) {
                try await test.chat.changeSettings(signup: .invite, name: nil, by: bert)
            }
            await expectError(.unauthorized) {
                try await test.chat.createInvite(InviteTerms(), by: UserID(bits: 1))
            }
            #expect(try await test.chat.settings(for: admin).signup == .open)
        }
    }

    @Test("Settings change one by one")
    func settings() async throws {
        try await withChat { test in
            let admin = try await test.setUp().account.user.id
            #expect(try await test.chat.settings(for: admin) == .initial)
            let named = try await test.chat.changeSettings(
                signup: nil, name: ServerName("Our Place"), by: admin)
            #expect(named == ServerSettings(signup: .invite, name: "Our Place"))
            let opened = try await test.chat.changeSettings(signup: .open, name: nil, by: admin)
            #expect(opened == ServerSettings(signup: .open, name: "Our Place"))
            let state = try await test.chat.serverState()
            #expect(
                state
                    == ServerState(
                        needsSetup: false, settings: ServerSettings(signup: .open, name: "Our Place")))
        }
    }
}
