import ChatDomain
import ChatService
import Foundation
import Synchronization
import Testing

@Suite("Webhooks in")
struct HookTests {
    @Test("Whoever knows the secret writes into the room, as the hook's bot, once for each key")
    func incoming() async throws {
        try await withChat { test in
            let (admin, room, secret) = try await Self.hook(in: test)
            let key = try IdempotencyKey("build-17")
            let sent = try await test.chat.postByHook(
                secret, MessageBody("Build 17 is green."), as: nil, key: key, from: .local)
            let again = try await test.chat.postByHook(
                secret, MessageBody("Build 17 is green."), as: nil, key: key, from: .local)
            #expect(!sent.isDuplicate && again.isDuplicate && again.seq == sent.seq)
            await expectError(.cidReused) {
                try await test.chat.postByHook(
                    secret, MessageBody("Another."), as: nil, key: key, from: .local)
            }
            let next = try await test.chat.postByHook(
                secret, MessageBody("Build 17 is green."), as: DisplayName("Nightly"), key: nil, from: .local)
            #expect(next.seq > sent.seq)
            let messages = try await test.chat.loadPage(of: room, .newest, by: admin).messages
            #expect(messages.suffix(2).map(\.senderName) == ["Builds", "Nightly"])
            #expect(messages.suffix(2).allSatisfy { $0.isFromBot && $0.body == "Build 17 is green." })
            #expect(try await test.summary(room, for: admin).last?.senderName == "Nightly")
            // The bot of a hook is nobody to begin a conversation with.
            let found = try await test.chat.searchPeople(SearchText(""), by: admin)
            #expect(found.map(\.username) == ["admin"])
        }
    }

    @Test("A wrong secret, and one of a hook that was removed, are nothing; guessing slows down")
    func unknown() async throws {
        try await withChat(limits: RateLimits()) { test in
            let (admin, room, secret) = try await Self.hook(in: test)
            let body = try MessageBody("hello")
            for wrong in [nil, HookSecret(String(repeating: "a", count: 64))] {
                await expectError(.notFound) {
                    try await test.chat.postByHook(wrong, body, as: nil, key: nil, from: .local)
                }
            }
            let hook = try #require(try await test.chat.listHooks(of: room, by: admin).first)
            try await test.chat.deleteHook(hook.id, of: room, by: Actor(admin, from: .local))
            await expectError(.notFound) {
                try await test.chat.postByHook(secret, body, as: nil, key: nil, from: .local)
            }
            #expect(try await test.chat.listHooks(of: room, by: admin) == [])
            #expect(try await test.summary(room, for: admin).members == 1)
            for _ in 0..<60 {
                _ = try? await test.chat.postByHook(nil, body, as: nil, key: nil, from: .local)
            }
            await expectError(.rate) {
                try await test.chat.postByHook(secret, body, as: nil, key: nil, from: .local)
            }
        }
    }

    @Test("Owners, moderators and administrators manage hooks; members and strangers do not")
    func permissions() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let (owner, member) = (try await test.person("owner"), try await test.person("member"))
            let room = try await test.room(isPublic: false, members: [member], by: owner)
            let name = try DisplayName("Hook")
            for (user, code) in [
                (member, ChatError.Code.forbidden), (try await test.person("other"), .notFound),
            ] {
                await expectError(code) { try await test.chat.listHooks(of: room, by: user) }
                await expectError(code) {
                    try await test.chat.makeHook(
                        .incoming, name: name, in: room, by: Actor(user, from: .local))
                }
            }
            for user in [owner, admin] {
                let made = try await test.chat.makeHook(
                    .incoming, name: name, in: room, by: Actor(user, from: .local))
                #expect(made.hook.by.id == user)
            }
            let names = try await test.chat.listHooks(of: room, by: owner).map(\.bot.username)
            #expect(names == ["hook", "hook-2"])
            let notes = try await test.chat.openDirect(with: admin, by: admin).id
            await expectError(.forbidden) { try await test.chat.listHooks(of: notes, by: admin) }
            for number in 2..<Limits.hooksPerRoom {
                _ = try await test.chat.makeHook(
                    .incoming, name: DisplayName("n\(number)"), in: room, by: Actor(owner, from: .local))
            }
            await expectError(.forbidden) {
                try await test.chat.makeHook(.incoming, name: name, in: room, by: Actor(owner, from: .local))
            }
        }
    }

    @Test("A hook whose bot was thrown out of the room is silent")
    func thrownOut() async throws {
        try await withChat { test in
            let (admin, room, secret) = try await Self.hook(in: test)
            let hook = try #require(try await test.chat.listHooks(of: room, by: admin).first)
            try await test.chat.removeMember(hook.bot.id, from: room, by: admin)
            await expectError(.notFound) {
                try await test.chat.postByHook(secret, MessageBody("hello"), as: nil, key: nil, from: .local)
            }
        }
    }

    private static func hook(
        in test: TestChat
    ) async throws -> (admin: UserID, room: ConversationID, secret: HookSecret) {
        let admin = try await test.open()
        let room = try await test.room(by: admin)
        let made = try await test.chat.makeHook(
            .incoming, name: DisplayName("Builds"), in: room, by: Actor(admin, from: .local))
        return (admin, room, made.secret)
    }
}
