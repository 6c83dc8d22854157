import ChatDomain
import Testing

@testable import ChatService

@Suite("Making accounts")
struct SetUpAndSignUpTests {
    @Test("The first account administrates the server and is signed in")
    func setUp() async throws {
        try await withChat { test in
            #expect(
                try await test.chat.serverState()
                    == ServerState(needsSetup: true, settings: .initial))
            let signedIn = try await test.setUp("Anna", name: "Anna S.")
            #expect(signedIn.account.isAdmin)
            #expect(signedIn.account.user.username == "anna")
            #expect(signedIn.account.user.name == "Anna S.")
            #expect(try await !test.chat.serverState().needsSetup)
            let authenticated = try await test.chat.authenticate(signedIn.token)
            #expect(authenticated.account == signedIn.account)
            #expect(authenticated.session == signedIn.session)
            await expectError(.alreadySetUp) { try await test.setUp("bert") }
        }
    }

    @Test("Of set-ups that race exactly one wins")
    func racedSetUp() async throws {
        try await withChat { test in
            let winners = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<16 {
                    group.addTask { (try? await test.setUp("user\(index)")) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
            let admin = try await test.chat.searchPeople(.everything, by: UserID(bits: 0))
            #expect(admin.count == 1)
        }
    }

    @Test("Without an invitation nobody joins a closed server")
    func inviteRequired() async throws {
        try await withChat { test in
            try await test.setUp()
            await expectError(.inviteRequired) { try await test.signUp("bert") }
            await expectError(.inviteInvalid) { try await test.signUp("bert", invite: InviteCode(bits: 1)) }
        }
    }

    @Test("An open server takes everybody, once per username, whatever its case")
    func openServer() async throws {
        try await withChat { test in
            try await test.open()
            let bert = try await test.signUp("bert")
            #expect(!bert.account.isAdmin)
            await expectError(.usernameTaken) { try await test.signUp("BERT") }
            await expectError(.usernameTaken) { try await test.signUp("admin") }
        }
    }

    @Test("Of sign-ups that race for a username exactly one wins")
    func racedUsername() async throws {
        try await withChat { test in
            try await test.open()
            let winners = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 {
                    group.addTask { (try? await test.signUp("bert")) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
        }
    }

    @Test("A guessable password makes no account")
    func guessable() async throws {
        try await withChat { test in
            try await test.open()
            let error = await expectError(.invalid) {
                try await test.chat.signUp(
                    username: Username("bert"), name: DisplayName("Bert"), password: Password("password123"),
                    invite: nil, from: .local)
            }
            #expect(error?.message.contains("password") == true)
            await expectError(.credentials) { try await test.signIn("bert", password: "password123") }
        }
    }

    @Test("An address makes only so many accounts")
    func addressLimit() async throws {
        var limits = RateLimits.none
        limits.attemptsPerAddress = Rate(perSecond: 1, burst: 3)
        try await withChat(limits: limits) { test in
            try await test.setUp()
            let other = ClientAddress("192.0.2.1")
            for _ in 0..<3 {
                await expectError(.inviteRequired) { try await test.signUp("bert", from: other) }
            }
            let error = await expectError(.rate) { try await test.signUp("bert", from: other) }
            #expect(error?.after == 1_000)
            await expectError(.inviteRequired) {
                try await test.signUp("bert", from: ClientAddress("192.0.2.2"))
            }
            test.clock.advance(milliseconds: 1_000)
            await expectError(.inviteRequired) { try await test.signUp("bert", from: other) }
        }
    }
}
