import ChatDomain
import ChatService
import Foundation
import Testing

@Suite("Bots")
struct BotTests {
    private func bot(_ test: TestChat, by admin: UserID, _ username: String = "helper") async throws -> (
        id: UserID, token: BotToken
    ) {
        let made = try await test.chat.makeBot(
            username: Username(username), name: DisplayName("Helper"), by: Actor(admin, from: .local))
        return (made.bot.user.id, made.token)
    }

    @Test("A bot is known by its token, which has no end; the store holds its hash only")
    func token() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let (id, token) = try await bot(test, by: admin)
            #expect(token.text.hasPrefix("pbt_") && token.text.count == 68)
            test.clock.advance(milliseconds: 400 * 86_400_000)
            _ = try await test.chat.prune()
            let who = try await test.chat.authenticate(#require(BotToken(token.text)))
            #expect(who.account.user.id == id && who.account.user.isBot)
            try await test.chat.touch(who.session, of: id)
            test.clock.advance(milliseconds: 400 * 86_400_000)
            #expect(try await test.chat.authenticate(token).session == who.session)
            // The same characters without the prefix are no session.
            let bare = try #require(SessionToken(String(token.text.dropFirst(4))))
            await expectError(.unauthorized) { try await test.chat.authenticate(bare) }
            let disk = try Data(contentsOf: test.folder.appending(path: "chat.sqlite-wal"))
            #expect(disk.range(of: Data(token.text.utf8)) == nil)
            #expect(disk.range(of: Data(token.text.dropFirst(4).utf8)) == nil)
        }
    }

    @Test("A new token ends the old one and closes its sockets; taken away, there is none")
    func renewed() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let actor = Actor(admin, from: .local)
            let (id, first) = try await bot(test, by: admin)
            let session = try await test.chat.authenticate(first).session
            let second = try await test.chat.renewToken(of: id, by: actor)
            #expect(test.announcer.all.last == .sessionEnded(session))
            await expectError(.unauthorized) { try await test.chat.authenticate(first) }
            let next = try await test.chat.authenticate(second).session
            try await test.chat.revokeToken(of: id, by: actor)
            #expect(test.announcer.all.last == .sessionEnded(next))
            await expectError(.unauthorized) { try await test.chat.authenticate(second) }
            let words = try await test.chat.auditEntries(
                before: nil, action: nil, actor: nil, limit: 3, by: admin
            ).map(\.action)
            #expect(words == [.botTokenRevoked, .botToken, .botMade])
        }
    }

    @Test("A closed bot is signed out; opened again it needs a new token")
    func closed() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let actor = Actor(admin, from: .local)
            let (id, token) = try await bot(test, by: admin)
            let closed = try await test.chat.changeBot(
                id, name: DisplayName("Robot"), state: .deactivated, by: actor)
            #expect(closed.user.name == "Robot" && closed.user.state == .deactivated)
            #expect(test.announcer.all.contains(.accountClosed(id)))
            await expectError(.unauthorized) { try await test.chat.authenticate(token) }
            _ = try await test.chat.changeBot(id, name: nil, state: .active, by: actor)
            await expectError(.unauthorized) { try await test.chat.authenticate(token) }
        }
    }

    @Test("A bot has no password and never gets one, and administrates nothing")
    func noPassword() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let actor = Actor(admin, from: .local)
            let (id, _) = try await bot(test, by: admin)
            await expectError(.credentials) { try await test.signIn("helper") }
            await expectError(.forbidden) { try await test.chat.makeReset(for: id, by: actor) }
            var change = PersonChange()
            change.role = .admin
            let asked = change
            await expectError(.forbidden) { try await test.chat.changePerson(id, asked, by: actor) }
        }
    }

    @Test("Only administrators make, see and change bots; people are no bots")
    func administrators() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let anna = try await test.person("anna")
            let (id, _) = try await bot(test, by: admin)
            let actor = Actor(anna, from: .local)
            await expectError(.forbidden) { try await test.chat.listBots(by: anna) }
            await expectError(.forbidden) { try await bot(test, by: anna, "other") }
            await expectError(.forbidden) { try await test.chat.renewToken(of: id, by: actor) }
            await expectError(.forbidden) { try await test.chat.revokeToken(of: id, by: actor) }
            await expectError(.forbidden) {
                try await test.chat.changeBot(id, name: nil, state: nil, by: actor)
            }
            await expectError(.notFound) {
                try await test.chat.renewToken(of: anna, by: Actor(admin, from: .local))
            }
            await expectError(.usernameTaken) { try await bot(test, by: admin, "anna") }
            let listed = try await test.chat.listBots(by: admin)
            #expect(listed.map(\.user.id) == [id] && listed.first?.by?.id == admin)
            #expect(listed.first?.rooms == 0 && listed.first?.seenAt == nil)
        }
    }

    @Test("What a bot writes is marked as such, everywhere")
    func marked() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let (id, _) = try await bot(test, by: admin)
            let room = try await test.room(members: [id], by: admin)
            let sent = try await test.send("Beep.", to: room, by: id)
            let page = try await test.chat.loadPage(of: room, .around(sent.seq), by: admin)
            #expect(page.messages.last?.isFromBot == true)
            #expect(page.messages.first?.isFromBot == false)
            guard case .message(let heard) = test.announcer.all.last else {
                Issue.record("nothing was announced")
                return
            }
            #expect(heard.isFromBot && heard == page.messages.last)
        }
    }
}
