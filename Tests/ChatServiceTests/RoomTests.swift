import ChatDomain
import ChatService
import Testing

@Suite("Rooms")
struct RoomTests {
    @Test("A new room has an owner, a system message, and nothing unread")
    func create() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            test.announcer.clear()
            let room = try await test.chat.createRoom(
                name: RoomName("Garden"), topic: Topic("Tomatoes"), isPublic: false,
                members: [bert, anna, bert], by: anna)
            #expect(room.kind == .privateRoom)
            #expect(room.name == "Garden")
            #expect(room.topic == "Tomatoes")
            #expect(room.role == .owner)
            #expect(room.members == 2)
            #expect(room.unread == 0)
            #expect(room.seq == MessageSeq(2))
            #expect(room.last?.body == "Admin added Bert.")
            #expect(room.last?.kind == .system)
            let theirs = try await test.summary(room.id, for: bert)
            #expect(theirs.role == .member)
            #expect(theirs.unread == 0)
            let added = test.announcer.all.prefix(2)
            #expect(Set(added) == [.memberAdded(room, user: anna), .memberAdded(theirs, user: bert)])
            #expect(test.announcer.all.count == 4)
            #expect(test.announcer.messages.map(\.body) == ["Admin created the room.", "Admin added Bert."])
            #expect(test.announcer.messages.map(\.kind) == [.system, .system])
            #expect(test.announcer.messages.map(\.clientID) == [nil, nil])
        }
    }

    @Test("Joining tells the joiner first, then everybody by a message")
    func join() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(by: anna)
            try await test.send("before", to: room, by: anna)
            test.announcer.clear()
            let joined = try await test.chat.joinRoom(room, by: bert)
            #expect(joined.role == .member)
            #expect(joined.members == 2)
            #expect(joined.unread == 0)
            let seen = try await test.summary(room, for: anna)
            var message = Message(
                conversation: room, seq: MessageSeq(3), clientID: nil, sender: bert, senderName: "Bert",
                sentAt: test.clock.now(), body: "Bert joined.", kind: .system)
            message.count = 1
            #expect(
                test.announcer.all == [
                    .memberAdded(joined, user: bert), .conversationChanged(seen, to: anna), .message(message),
                ])
            // Members read the whole history.
            #expect(try await test.chat.loadPage(of: room, .newest, by: bert).messages.count == 3)
        }
    }

    @Test("Joining twice is joining once")
    func joinAgain() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let room = try await test.room(by: anna)
            test.announcer.clear()
            #expect(try await test.chat.joinRoom(room, by: anna).role == .owner)
            #expect(test.announcer.all.isEmpty)
        }
    }

    @Test("Nobody joins what is hidden from them")
    func joinHidden() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(isPublic: false, by: anna)
            await expectError(.notFound) { try await test.chat.joinRoom(room, by: bert) }
            await expectError(.notFound) { try await test.chat.joinRoom(ConversationID(bits: 1), by: bert) }
        }
    }

    @Test("Who leaves hears the message that says so, and nothing after it")
    func leave() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(members: [bert], by: anna)
            test.announcer.clear()
            try await test.chat.leaveRoom(room, by: bert)
            #expect(test.announcer.messages.map(\.body) == ["Bert left."])
            let seen = try await test.summary(room, for: anna)
            #expect(seen.members == 1)
            #expect(
                test.announcer.all == [
                    .message(test.announcer.messages[0]), .memberRemoved(room, user: bert),
                    .conversationChanged(seen, to: anna),
                ])
            await expectError(.notFound) { try await test.send("x", to: room, by: bert) }
            await expectError(.notFound) { try await test.summary(room, for: bert) }
            await expectError(.notFound) { try await test.chat.leaveRoom(room, by: bert) }
            await expectError(.notFound) {
                try await test.chat.catchUpGap(in: room, from: MessageSeq(1), by: bert)
            }
            await expectError(.notFound) { try await test.chat.loadPage(of: room, .newest, by: bert) }
            await expectError(.notFound) {
                try await test.chat.markRead(upTo: MessageSeq(1), in: room, by: bert)
            }
            #expect(try await test.chat.sync(for: bert).conversations.isEmpty)
        }
    }

    @Test("The member who has been there longest inherits the room; who enters an empty one owns it")
    func inheritance() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let carl = try await test.person("carl")
            let room = try await test.room(by: anna)
            test.clock.advance(milliseconds: 10)
            _ = try await test.chat.joinRoom(room, by: carl)
            test.clock.advance(milliseconds: 10)
            _ = try await test.chat.joinRoom(room, by: bert)
            try await test.chat.leaveRoom(room, by: anna)
            #expect(try await test.summary(room, for: carl).role == .owner)
            #expect(try await test.summary(room, for: bert).role == .member)
            try await test.chat.leaveRoom(room, by: carl)
            try await test.chat.leaveRoom(room, by: bert)
            #expect(try await test.chat.listRooms(by: anna).map(\.members) == [0])
            #expect(try await test.chat.joinRoom(room, by: carl).role == .owner)
        }
    }

    @Test("Members add people; others cannot, and nobody is added twice")
    func add() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let carl = try await test.person("carl")
            let dora = try await test.person("dora")
            let room = try await test.room(isPublic: false, members: [bert], by: anna)
            await expectError(.notFound) { try await test.chat.addMembers([carl], to: room, by: carl) }
            test.announcer.clear()
            let seen = try await test.chat.addMembers([carl, bert, dora, carl], to: room, by: bert)
            #expect(seen.members == 4)
            #expect(test.announcer.messages.map(\.body) == ["Bert added Carl and Dora."])
            let added = test.announcer.all.compactMap {
                if case .memberAdded(_, let user) = $0 { user } else { nil as UserID? }
            }
            #expect(Set(added) == [carl, dora])
            test.announcer.clear()
            _ = try await test.chat.addMembers([carl], to: room, by: bert)
            _ = try await test.chat.addMembers([], to: room, by: bert)
            #expect(test.announcer.all.isEmpty)
            #expect(
                try await test.chat.listMembers(of: room, by: carl).members.map {
                    "\($0.user.username) \($0.role)"
                }
                    == ["admin owner", "bert member", "carl member", "dora member"])
            await expectError(.notFound) { try await test.chat.listMembers(of: room, by: UserID(bits: 1)) }
        }
    }

    @Test("One unknown person undoes the whole request")
    func addUnknown() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(by: anna)
            test.announcer.clear()
            await expectError(.notFound) {
                try await test.chat.addMembers([bert, UserID(bits: 1)], to: room, by: anna)
            }
            await expectError(.notFound) { try await test.room(members: [bert, UserID(bits: 1)], by: anna) }
            #expect(test.announcer.all.isEmpty)
            #expect(try await test.summary(room, for: anna).members == 1)
            #expect(try await test.chat.sync(for: bert).conversations.isEmpty)
            #expect(try await test.chat.sync(for: anna).conversations.count == 1)
        }
    }

    @Test("A request names at most a hundred people")
    func tooMany() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let room = try await test.room(by: anna)
            let crowd = (0..<101).map { UserID(bits: UInt128($0)) }
            await expectError(.invalid) { try await test.chat.addMembers(crowd, to: room, by: anna) }
            await expectError(.invalid) { try await test.room(members: crowd, by: anna) }
        }
    }

    @Test("The list shows public rooms only, and which ones are mine")
    func list() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let garden = try await test.chat.createRoom(
                name: RoomName("Garden"), topic: Topic("TOMATEN äpfel"), isPublic: true, by: anna
            ).id
            _ = try await test.room("Attic 100%", by: bert)
            _ = try await test.room("Secret", isPublic: false, by: anna)
            func find(_ text: String, by user: UserID) async throws -> [RoomListing] {
                try await test.chat.listRooms(SearchText(text), by: user)
            }
            #expect(try await find("", by: anna).map(\.name) == ["Attic 100%", "Garden"])
            #expect(try await find("", by: anna).map(\.isJoined) == [false, true])
            #expect(try await find("Ä", by: bert).map(\.id) == [garden])
            #expect(try await find("0%", by: bert).map(\.name) == ["Attic 100%"])
            #expect(try await find("secret", by: anna).isEmpty)
            #expect(try await test.chat.listRooms(limit: 1, by: anna).map(\.name) == ["Attic 100%"])
        }
    }

    @Test("Large rooms neither share positions nor tell everybody of everybody's coming")
    func large() async throws {
        try await withChat { test in
            let anna = try await test.open()
            var people: [UserID] = []
            for index in 0..<50 { people.append(try await test.person("user\(index)")) }
            let room = try await test.room(members: Array(people.prefix(48)), by: anna)
            #expect(try await test.summary(room, for: anna).marks?.count == 48)
            test.announcer.clear()
            _ = try await test.chat.joinRoom(room, by: people[48])
            #expect(test.announcer.all.count == 1 + 49 + 1)
            #expect(try await test.summary(room, for: anna).marks?.count == 49)
            test.announcer.clear()
            let joined = try await test.chat.joinRoom(room, by: people[49])
            #expect(joined.marks == nil)
            #expect(test.announcer.all.count == 2)
            #expect(test.announcer.all.first == .memberAdded(joined, user: people[49]))
            test.announcer.clear()
            try await test.chat.markDelivered([(room, MessageSeq(1))], by: anna)
            #expect(test.announcer.all.isEmpty)
            _ = try await test.chat.markRead(upTo: MessageSeq(1), in: room, by: anna)
            #expect(test.announcer.marks.map(\.isShared) == [false])
        }
    }
}
