import ChatDomain
import ChatStoreSQLite
import Testing

@testable import ChatService

@Suite("Signing in and out")
struct SessionTests {
    @Test("Each sign-in is a session of its own")
    func sessions() async throws {
        try await withChat { test in
            let first = try await test.setUp("anna")
            let second = try await test.signIn("ANNA")
            #expect(first.session != second.session)
            #expect(first.token.text != second.token.text)
            #expect(try await test.chat.authenticate(second.token).account == first.account)
        }
    }

    @Test("A wrong password and an unknown username answer the same")
    func credentials() async throws {
        try await withChat { test in
            try await test.setUp("anna")
            let wrong = await expectError(.credentials) {
                try await test.signIn("anna", password: "horse battery 8")
            }
            let unknown = await expectError(.credentials) { try await test.signIn("bert") }
            #expect(wrong == unknown)
        }
    }

    @Test("A token that was never given, or ended, opens nothing")
    func unknownToken() async throws {
        try await withChat { test in
            let signedIn = try await test.setUp()
            let forged = try #require(SessionToken(String(repeating: "0", count: 64)))
            await expectError(.unauthorized) { try await test.chat.authenticate(forged) }
            #expect(try await test.chat.signOut(signedIn.token) == signedIn.session)
            #expect(test.announcer.all == [.sessionEnded(signedIn.session)])
            await expectError(.unauthorized) { try await test.chat.authenticate(signedIn.token) }
            #expect(try await test.chat.signOut(signedIn.token) == nil)
            #expect(test.announcer.all.count == 1)
        }
    }

    @Test("A session ends 30 days after its last use", arguments: [(Int64(-1), true), (0, false)])
    func idle(extra: Int64, valid: Bool) async throws {
        try await withChat { test in
            let signedIn = try await test.setUp()
            test.clock.advance(days: 20)
            let used = try await test.chat.authenticate(signedIn.token)
            #expect(used.expiresAt == test.clock.now().advanced(byMilliseconds: 30 * 86_400_000))
            test.clock.advance(days: 30)
            test.clock.advance(milliseconds: extra)
            if valid {
                _ = try await test.chat.authenticate(signedIn.token)
            } else {
                await expectError(.unauthorized) { try await test.chat.authenticate(signedIn.token) }
            }
        }
    }

    @Test("A session ends after 180 days, however much it is used")
    func absolute() async throws {
        try await withChat { test in
            let signedIn = try await test.setUp()
            for _ in 0..<17 {
                test.clock.advance(days: 10)
                _ = try await test.chat.authenticate(signedIn.token)
            }
            test.clock.advance(days: 9)
            #expect(
                try await test.chat.authenticate(signedIn.token).expiresAt
                    == test.clock.now().advanced(byMilliseconds: 86_400_000))
            test.clock.advance(days: 1)
            await expectError(.unauthorized) { try await test.chat.authenticate(signedIn.token) }
        }
    }

    @Test("Uses are recorded once an hour, not at every request")
    func touch() async throws {
        try await withChat { test in
            let signedIn = try await test.setUp()
            let before = test.store.activity.commits
            test.clock.advance(milliseconds: 3_599_999)
            #expect(try await test.chat.authenticate(signedIn.token).expiresAt == signedIn.expiresAt)
            #expect(test.store.activity.commits == before)
            test.clock.advance(milliseconds: 1)
            #expect(try await test.chat.authenticate(signedIn.token).expiresAt > signedIn.expiresAt)
            #expect(test.store.activity.commits == before + 1)
        }
    }

    @Test("Wrong passwords exhaust the account, from wherever they come; a right one clears it")
    func accountLimit() async throws {
        var limits = RateLimits.none
        limits.attemptsPerAccount = Rate(perSecond: 0.1, burst: 3)
        try await withChat(limits: limits) { test in
            try await test.setUp("anna")
            for round in 0..<3 {
                let address = ClientAddress("192.0.2.\(round)")
                await expectError(.credentials) {
                    try await test.signIn("anna", password: "horse battery 8", from: address)
                }
            }
            let error = await expectError(.rate) { try await test.signIn("anna") }
            #expect(error?.after == 10_000)
            test.clock.advance(milliseconds: 10_000)
            _ = try await test.signIn("anna")
            for _ in 0..<3 {
                await expectError(.credentials) { try await test.signIn("anna", password: "horse battery 8") }
            }
            await expectError(.rate) { try await test.signIn("anna") }
        }
    }

    @Test("Successes of one's own do not give an address more guesses")
    func addressLimit() async throws {
        var limits = RateLimits.none
        limits.attemptsPerAddress = Rate(perSecond: 0.1, burst: 4)
        try await withChat(limits: limits) { test in
            try await test.setUp("anna")
            let address = ClientAddress("2001:db8::1")
            for guess in 0..<4 {
                _ = try await test.signIn("anna", from: address)
                await expectError(.credentials) {
                    try await test.signIn("victim\(guess)", from: ClientAddress("2001:db8::\(guess)"))
                }
            }
            await expectError(.rate) { try await test.signIn("anna", from: address) }
            _ = try await test.signIn("anna", from: ClientAddress("2001:db8:0:1::1"))
        }
    }

    @Test("A hash of older parameters is replaced at the next sign-in")
    func rehash() async throws {
        try await withChat { test in
            try await test.setUp("anna")
            let stronger = Chat(
                store: test.store, clock: test.clock, random: test.random,
                hasher: Argon2PasswordHasher(cost: .init(memory: 16, passes: 1)), announcer: test.announcer,
                limits: .none)
            let before = try await Self.hash(of: "anna", in: test)
            _ = try await stronger.signIn(
                username: Username("anna"), password: Password(TestChat.password), from: .local)
            let after = try await Self.hash(of: "anna", in: test)
            #expect(before?.encoded.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$") == true)
            #expect(after?.encoded.hasPrefix("$argon2id$v=19$m=16,t=1,p=1$") == true)
            _ = try await test.signIn("anna")
        }
    }

    private static func hash(of username: String, in test: TestChat) async throws -> PasswordHash? {
        let username = try Username(username)
        return try await test.store.read { try $0.credential(of: username)?.hash }
    }

    @Test("Maintenance removes what has ended, and nothing else")
    func prune() async throws {
        try await withChat { test in
            let old = try await test.setUp("anna")
            let room = try await test.room(by: old.account.user.id)
            let cid = test.cid()
            try await test.send("early", cid: cid, to: room, by: old.account.user.id)
            _ = try await test.chat.createInvite(InviteTerms(hours: 1), by: old.account.user.id)
            #expect(
                try await test.chat.prune()
                    == Pruned(
                        sendKeys: 0, changeKeys: 0, changes: 0, sessions: 0, invites: 0, files: 0))
            test.clock.advance(days: 30)
            let new = try await test.signIn("anna")
            let late = test.cid()
            try await test.send("late", cid: late, to: room, by: old.account.user.id)
            test.clock.advance(milliseconds: 1)
            test.announcer.clear()
            #expect(
                try await test.chat.prune()
                    == Pruned(
                        sendKeys: 1, changeKeys: 0, changes: 0, sessions: 1, invites: 1, files: 0))
            #expect(test.announcer.all == [.sessionEnded(old.session)])
            _ = try await test.chat.authenticate(new.token)
            #expect(try await test.send("late", cid: late, to: room, by: old.account.user.id).isDuplicate)
            #expect(try await !test.send("early", cid: cid, to: room, by: old.account.user.id).isDuplicate)
        }
    }

    @Test("People are found by name and username, without case, and with every character")
    func people() async throws {
        try await withChat { test in
            try await test.open()
            _ = try await test.signUp("bert", name: "Ölaf 100%")
            _ = try await test.signUp("carl", name: "Bertha_K")
            func find(_ text: String, limit: Int = 50) async throws -> [String] {
                try await test.chat.searchPeople(SearchText(text), limit: limit, by: UserID(bits: 0)).map(
                    \.username)
            }
            #expect(try await find("") == ["admin", "carl", "bert"])
            #expect(try await find("", limit: 1) == ["admin"])
            #expect(try await find("", limit: -5) == ["admin"])
            #expect(try await find("BERT") == ["carl", "bert"])
            #expect(try await find("öLA") == ["bert"])
            #expect(try await find("%") == ["bert"])
            #expect(try await find("_") == ["carl"])
            #expect(try await find("\\") == [])
            #expect(try await find("' OR 1=1 --") == [])
        }
    }
}
