import ChatDomain
import ChatStoreSQLite
import Testing

@testable import ChatService

@Suite("Devices and passwords")
struct DeviceTests {
    private static let laptop = RequestSource(
        ip: "192.0.2.1",
        agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")

    @Test("Sessions are listed with their device, the last used one first")
    func list() async throws {
        try await withChat { test in
            let first = try await test.setUp("anna")
            test.clock.advance(hours: 1)
            let second = try await test.chat.signIn(
                username: Username("anna"), password: Password(TestChat.password), from: Self.laptop)
            let user = first.account.user.id
            var list = try await test.chat.listSessions(of: user)
            #expect(list.map(\.id) == [second.session, first.session])
            #expect(list[0].ip == "192.0.2.1" && list[0].device == "Firefox on Linux")
            #expect(list[0].createdAt == test.clock.now() && list[1].ip == nil && list[1].device == nil)
            test.clock.advance(hours: 2)
            try await test.chat.touch(first.session, of: user)
            list = try await test.chat.listSessions(of: user)
            #expect(list.map(\.id) == [first.session, second.session])
            #expect(list[0].seenAt == test.clock.now())
        }
    }

    @Test("One session is revoked, or all others; each end is announced; nobody ends a stranger's")
    func revoke() async throws {
        try await withChat { test in
            try await test.open()
            let one = try await test.signUp("bert")
            let bert = one.account.user.id
            let two = try await test.signIn("bert")
            let three = try await test.signIn("bert")
            let carl = try await test.person("carl")
            await expectError(.notFound) {
                try await test.chat.revokeSession(one.session, of: carl, from: .local)
            }
            test.announcer.clear()
            try await test.chat.revokeSession(two.session, of: bert, from: .local)
            #expect(test.announcer.all == [.sessionEnded(two.session)])
            await expectError(.unauthorized) { try await test.chat.authenticate(two.token) }
            await expectError(.notFound) {
                try await test.chat.revokeSession(two.session, of: bert, from: .local)
            }
            test.announcer.clear()
            #expect(try await test.chat.revokeSessions(of: bert, except: three.session, from: .local) == 1)
            #expect(test.announcer.all == [.sessionEnded(one.session)])
            _ = try await test.chat.authenticate(three.token)
        }
    }

    @Test("A new password needs the old one and ends the other sessions")
    func password() async throws {
        try await withChat { test in
            let here = try await test.setUp("anna")
            let user = here.account.user.id
            let there = try await test.signIn("anna")
            let (old, new) = (try Password(TestChat.password), try Password("correct horse 11"))
            func change(_ current: Password, _ new: Password) async throws {
                try await test.chat.changePassword(
                    from: current, to: new, by: user, session: here.session, from: .local)
            }
            await expectError(.credentials) { try await change(new, new) }
            await expectError(.invalid) { try await change(old, Password("password123")) }
            test.announcer.clear()
            try await change(old, new)
            #expect(test.announcer.all == [.sessionEnded(there.session)])
            await expectError(.unauthorized) { try await test.chat.authenticate(there.token) }
            _ = try await test.chat.authenticate(here.token)
            await expectError(.credentials) { try await test.signIn("anna") }
            _ = try await test.signIn("anna", password: "correct horse 11")
        }
    }

    @Test("Guessing the password of a stolen session counts like guessing at the door")
    func stolen() async throws {
        var limits = RateLimits.none
        limits.attemptsPerAccount = Rate(perSecond: 0.1, burst: 3)
        try await withChat(limits: limits) { test in
            let anna = try await test.setUp("anna")
            let wrong = try Password("horse battery 8")
            for _ in 0..<3 {
                await expectError(.credentials) {
                    try await test.chat.changePassword(
                        from: wrong, to: wrong, by: anna.account.user.id, session: anna.session,
                        from: .local)
                }
            }
            await expectError(.rate) { try await test.signIn("anna") }
        }
    }

    @Test("Sessions end at their time: announced then, and the next end is told")
    func expiry() async throws {
        try await withChat { test in
            let first = try await test.setUp("anna")
            test.clock.advance(days: 1)
            let second = try await test.signIn("anna")
            #expect(try await test.chat.endExpiredSessions() == first.expiresAt)
            test.clock.advance(milliseconds: 29 * 86_400_000 - 1)
            test.announcer.clear()
            #expect(try await test.chat.endExpiredSessions() == first.expiresAt)
            #expect(test.announcer.all.isEmpty)
            test.clock.advance(milliseconds: 1)
            #expect(try await test.chat.endExpiredSessions() == second.expiresAt)
            #expect(test.announcer.all == [.sessionEnded(first.session)])
        }
    }

    @Test(
        "Devices by name",
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge on Windows"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
                "Safari on iPhone"
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
                "Chrome on Android"
            ),
            ("curl/8.5.0", "curl"), ("", nil), ("something else", nil),
        ] as [(String, String?)])
    func names(agent: String, name: String?) {
        #expect(DeviceName.from(agent: agent) == name)
    }

    @Test("What a client says of itself is cut and cleaned")
    func agents() {
        let long = RequestSource(ip: nil, agent: "a\u{0}\n" + String(repeating: "b", count: 1_000))
        #expect(long.agent?.count == 256 && long.agent?.hasPrefix("abb") == true)
    }
}
