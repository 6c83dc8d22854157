import ChatDomain
import ChatStoreSQLite
import Testing

@testable import ChatService

@Suite("Signing in with a second factor")
struct SecondFactorTests {
    /// An account with an authenticator.
    private struct Guarded {
        let user: UserID
        let secret: [UInt8]
        let recovery: [String]

        init(_ username: String, in test: TestChat) async throws {
            let signedIn = try await test.setUp(username)
            user = signedIn.account.user.id
            let made = try await test.chat.beginTOTP(
                password: Password(TestChat.password), by: user, from: .local)
            secret = try #require(Self.decode(made.secret))
            #expect(made.secret.count == 32)
            #expect(
                made.uri
                    == "otpauth://totp/Parley:\(username)?secret=\(made.secret)&issuer=Parley"
                    + "&algorithm=SHA1&digits=6&period=30")
            recovery = try await test.chat.confirmTOTP(
                code: TimeCode.code(secret: secret, step: TimeCode.step(at: test.clock.now())), by: user,
                from: .local)
            test.clock.advance(milliseconds: 90_000)
        }

        func code(in test: TestChat) -> String {
            TimeCode.code(secret: secret, step: TimeCode.step(at: test.clock.now()))
        }

        private static func decode(_ text: String) -> [UInt8]? {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
            var bits: [Bool] = []
            for character in text {
                guard let value = alphabet.firstIndex(of: character) else { return nil }
                for shift in stride(from: 4, through: 0, by: -1) { bits.append(value >> shift & 1 == 1) }
            }
            return stride(from: 0, to: bits.count - 7, by: 8).map { start in
                bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
            }
        }
    }

    @Test("The password asks for the code; the code opens, and not a second time")
    func codes() async throws {
        try await withChat { test in
            let anna = try await Guarded("anna", in: test)
            #expect(try await test.chat.profile(of: anna.user).hasTOTP)
            await expectError(.totpRequired) { try await test.signIn("anna") }
            await expectError(.totpRequired) { try await test.signIn("anna", code: "") }
            await expectError(.credentials) {
                try await test.signIn("anna", password: "horse battery 8", code: anna.code(in: test))
            }
            await expectError(.totp) { try await test.signIn("anna", code: "000000") }
            await expectError(.totp) { try await test.signIn("anna", code: "not a code") }
            let code = anna.code(in: test)
            _ = try await test.signIn("anna", code: code)
            await expectError(.totp) { try await test.signIn("anna", code: code) }
            test.clock.advance(milliseconds: 30_000)
            let spaced = anna.code(in: test)
            _ = try await test.signIn("anna", code: "\(spaced.prefix(3)) \(spaced.suffix(3))")
        }
    }

    @Test("Of sign-ins that race with one code exactly one wins")
    func raced() async throws {
        try await withChat { test in
            let anna = try await Guarded("anna", in: test)
            let code = anna.code(in: test)
            let winners = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { (try? await test.signIn("anna", code: code)) != nil } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
        }
    }

    @Test("Each of ten recovery codes works once, however it is typed; only hashes are kept")
    func recovery() async throws {
        try await withChat { test in
            let anna = try await Guarded("anna", in: test)
            #expect(Set(anna.recovery).count == 10)
            #expect(anna.recovery.allSatisfy { $0.count == 19 })
            _ = try await test.signIn("anna", code: anna.recovery[0])
            await expectError(.totp) { try await test.signIn("anna", code: anna.recovery[0]) }
            _ = try await test.signIn(
                "anna", code: anna.recovery[1].uppercased().replacing("-", with: " "))
            let renewed = try await test.chat.renewRecoveryCodes(
                password: Password(TestChat.password), code: anna.recovery[2], by: anna.user, from: .local)
            await expectError(.totp) { try await test.signIn("anna", code: anna.recovery[3]) }
            _ = try await test.signIn("anna", code: renewed[9])
            let kept = try await test.store.read { store in
                try store.auditEntries(before: nil, action: .recoveryUsed, actor: nil, limit: 10).count
            }
            #expect(kept == 3)
        }
    }

    @Test("Wrong codes slow down, for who knows the password too, and asking without one buys no guesses")
    func guesses() async throws {
        var limits = RateLimits.none
        limits.codesPerAccount = Rate(perSecond: 1.0 / 300, burst: 5)
        try await withChat(limits: limits) { test in
            let anna = try await Guarded("anna", in: test)
            for _ in 0..<5 {
                await expectError(.totp) { try await test.signIn("anna", code: "000000") }
                await expectError(.totpRequired) { try await test.signIn("anna") }
            }
            let error = await expectError(.rate) { try await test.signIn("anna", code: anna.code(in: test)) }
            #expect(error?.after == 300_000)
            test.clock.advance(milliseconds: 300_000)
            _ = try await test.signIn("anna", code: anna.code(in: test))
        }
    }

    @Test("An authenticator that was not confirmed asks for nothing; a wrong first code confirms nothing")
    func unconfirmed() async throws {
        try await withChat { test in
            let anna = try await test.setUp("anna").account.user.id
            let password = try Password(TestChat.password)
            await expectError(.notFound) {
                try await test.chat.confirmTOTP(code: "000000", by: anna, from: .local)
            }
            _ = try await test.chat.beginTOTP(password: password, by: anna, from: .local)
            _ = try await test.chat.beginTOTP(password: password, by: anna, from: .local)
            await expectError(.totp) { try await test.chat.confirmTOTP(code: "0", by: anna, from: .local) }
            _ = try await test.signIn("anna")
            #expect(try await !test.chat.profile(of: anna).hasTOTP)
        }
    }

    @Test("Setting up and ending need the password, ending a code too; an administrator can end it")
    func ending() async throws {
        try await withChat { test in
            let anna = try await Guarded("anna", in: test)
            let password = try Password(TestChat.password)
            let wrong = try Password("horse battery 8")
            await expectError(.credentials) {
                try await test.chat.beginTOTP(password: wrong, by: anna.user, from: .local)
            }
            await expectError(.already) {
                try await test.chat.beginTOTP(password: password, by: anna.user, from: .local)
            }
            await expectError(.credentials) {
                try await test.chat.endTOTP(
                    password: wrong, code: anna.code(in: test), by: anna.user, from: .local)
            }
            await expectError(.totp) {
                try await test.chat.endTOTP(password: password, code: "000000", by: anna.user, from: .local)
            }
            try await test.chat.endTOTP(
                password: password, code: anna.code(in: test), by: anna.user, from: .local)
            _ = try await test.signIn("anna")
            await expectError(.notFound) {
                try await test.chat.endTOTP(of: anna.user, by: Actor(anna.user, from: .local))
            }
        }
    }
}
