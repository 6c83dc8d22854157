import ChatDomain
import ChatService
import ChatStoreSQLite
import Testing

@Suite("A room that is deleted")
struct DeleteRoomTests {
    private static func actor(_ user: UserID) -> Actor { Actor(user, from: RequestSource(.local)) }

    @Test("Owners and administrators delete a room that they name, nobody else")
    func rights() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let (owner, bert, cora) = (
                try await test.person("owner"), try await test.person("bert"), try await test.person("cora")
            )
            let room = try await test.room("Garden", isPublic: false, members: [bert], by: owner)
            try await test.chat.changeRole(of: bert, in: room, to: .moderator, by: owner)
            func delete(_ id: ConversationID, _ name: String = "Garden", by user: UserID) async throws {
                try await test.chat.deleteRoom(id, named: name, by: Self.actor(user))
            }
            await expectError(.forbidden) { try await delete(room, by: bert) }
            await expectError(.notFound) { try await delete(room, by: cora) }
            await expectError(.invalid) { try await delete(room, "garden", by: owner) }
            await expectError(.invalid) { try await delete(room, "", by: admin) }
            let direct = try await test.chat.openDirect(with: admin, by: bert).id
            await expectError(.forbidden) { try await delete(direct, "", by: admin) }
            let strange = try await test.chat.openDirect(with: cora, by: bert).id
            await expectError(.notFound) { try await delete(strange, "", by: admin) }
            try await delete(room, by: owner)
            await expectError(.notFound) { try await delete(room, by: owner) }
            let other = try await test.room("Garden", by: owner)
            try await test.chat.archiveRoom(other, true, by: owner)
            try await delete(other, by: admin)
            let log = try await test.chat.auditEntries(
                before: nil, action: .roomDeleted, actor: nil, limit: 10, by: admin)
            #expect(log.map(\.actor?.id) == [admin, owner] && log.last?.target == room.description)
        }
    }

    @Test("It is gone for everybody at once, and its content goes in steps until nothing is left")
    func deletion() async throws {
        try await withChat { test in
            let (chat, anna) = (test.chat, try await test.open())
            let bert = try await test.person("bert")
            let room = try await test.room("Garden", members: [bert], by: anna)
            let kept = try await test.room("Kept", members: [bert], by: anna)
            for number in 1...250 { try await test.send("word \(number)", to: room, by: bert) }
            let file = try await test.upload("content", by: bert)
            let sent = try await chat.sendMessage(.none, files: [file], cid: test.cid(), to: room, by: bert)
            _ = try await chat.reactToMessage(
                sent.seq, in: room, emoji: Emoji("👍"), isOn: true, mid: test.mid(), by: anna)
            try await test.send("word", to: kept, by: bert)
            while try await chat.indexMessages() {}
            test.announcer.clear()
            try await chat.deleteRoom(room, named: "Garden", by: Self.actor(anna))
            guard case .conversationRemoved(room, let members) = try #require(test.announcer.all.first) else {
                Issue.record("\(test.announcer.all)")
                return
            }
            #expect(Set(members) == [anna, bert] && test.announcer.all.count == 1)

            #expect(try await chat.sync(for: bert).conversations.map(\.id) == [kept])
            await expectError(.notFound) { try await test.send("no", to: room, by: bert) }
            await expectError(.notFound) { try await chat.joinRoom(room, by: bert) }
            #expect(try await chat.listRooms(by: bert).map(\.id) == [kept])
            #expect(
                try await chat.listRooms(.everything, after: nil, limit: 9, forAdministrator: anna).map(\.id)
                    == [kept])
            #expect(
                try await chat.searchMessages(MessageQuery("word"), by: bert).hits.map(\.message.conversation)
                    == [kept])

            #expect(try await chat.removeRooms())
            while try await chat.removeRooms() {}
            #expect(try await !chat.removeRooms())
            test.clock.advance(milliseconds: Chat.unusedFileLifetime + 1)
            #expect(try await chat.prune().files == 1)
            let counts = try await test.store.read { try $0.counts() }
            #expect(counts.rooms == 1)
            #expect(try await test.store.read { try $0.nextRemovedRoom() } == nil)
            #expect(try await test.store.integrityProblems().isEmpty)
        }
    }

    @Test("Its webhooks speak no longer, and its people may be invited nowhere by it")
    func hooks() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let room = try await test.room("Garden", by: anna)
            let made = try await test.chat.makeHook(
                .incoming, name: DisplayName("Hook"), in: room, by: Self.actor(anna))
            try await test.chat.deleteRoom(room, named: "Garden", by: Self.actor(anna))
            while try await test.chat.removeRooms() {}
            await expectError(.notFound) { try await test.chat.listHooks(of: room, by: anna) }
            let bot = try await test.store.read { try $0.anyPerson(made.hook.bot.id) }
            #expect(bot?.account.user.state == .deactivated)
        }
    }
}
