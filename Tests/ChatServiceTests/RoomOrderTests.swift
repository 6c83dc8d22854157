import ChatDomain
import ChatService
import Testing

@Suite("Order in rooms")
struct RoomOrderTests {
    /// A public room of Anna's with Bert as moderator and Cora as member; Dave stands outside.
    struct Room {
        let test: TestChat
        let id: ConversationID
        let anna: UserID
        let bert: UserID
        let cora: UserID
        let dave: UserID
    }

    private func withRoom(_ body: (Room) async throws -> Void) async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let cora = try await test.person("cora")
            let dave = try await test.person("dave")
            let id = try await test.room("Garden", members: [bert, cora], by: anna)
            try await test.chat.changeRole(of: bert, in: id, to: .moderator, by: anna)
            test.announcer.clear()
            try await body(Room(test: test, id: id, anna: anna, bert: bert, cora: cora, dave: dave))
        }
    }

    @Test("A change is told to everybody, with a sentence for each thing that is different")
    func update() async throws {
        try await withRoom { room in
            let changed = try await room.test.chat.updateRoom(
                room.id,
                RoomUpdate(name: .named(RoomName("Yard")), topic: Topic("Beans"), isPublic: false),
                by: room.anna)
            #expect(changed.name == "Yard" && changed.topic == "Beans" && changed.kind == .privateRoom)
            #expect(
                room.test.announcer.messages.map(\.body) == [
                    "Admin renamed the room to “Yard”.", "Admin changed the topic to “Beans”.",
                    "Admin made the room private.",
                ])
            let cora = try await room.test.summary(room.id, for: room.cora)
            #expect(room.test.announcer.all.contains(.conversationChanged(cora, to: room.cora)))
            #expect(cora.name == "Yard")
            room.test.announcer.clear()
            _ = try await room.test.chat.updateRoom(
                room.id, RoomUpdate(name: .named(RoomName("Yard"))), by: room.bert)
            #expect(room.test.announcer.messages.isEmpty)
        }
    }

    @Test("What one may do is not done when it comes with what one may not do")
    func updateAtOnce() async throws {
        try await withRoom { room in
            await expectError(.forbidden) {
                try await room.test.chat.updateRoom(
                    room.id, RoomUpdate(name: .named(RoomName("Mine")), isPublic: false), by: room.bert)
            }
            let kept = try await room.test.summary(room.id, for: room.anna)
            #expect(kept.name == "Garden")
            #expect(room.test.announcer.all.isEmpty)
            await expectError(.invalid) {
                try await room.test.chat.updateRoom(
                    room.id, RoomUpdate(name: RoomUpdate.Name.none), by: room.anna)
            }
        }
    }

    @Test("A room keeps an owner; several may share it")
    func roles() async throws {
        try await withRoom { room in
            let chat = room.test.chat
            await expectError(.forbidden) {
                try await chat.changeRole(of: room.anna, in: room.id, to: .member, by: room.anna)
            }
            await expectError(.notFound) {
                try await chat.changeRole(of: room.dave, in: room.id, to: .owner, by: room.anna)
            }
            try await chat.changeRole(of: room.bert, in: room.id, to: .owner, by: room.anna)
            #expect(room.test.announcer.messages.map(\.body) == ["Admin made Bert an owner."])
            #expect(try await room.test.summary(room.id, for: room.bert).role == .owner)
            try await chat.changeRole(of: room.anna, in: room.id, to: .member, by: room.anna)
            #expect(try await room.test.summary(room.id, for: room.anna).role == .member)
        }
    }

    @Test(
        "The moderator who has been there longest inherits, before older members; a second owner makes that needless"
    )
    func heirs() async throws {
        try await withRoom { room in
            let chat = room.test.chat
            try await chat.changeRole(of: room.bert, in: room.id, to: .member, by: room.anna)
            room.test.clock.advance(milliseconds: 5)
            _ = try await chat.joinRoom(room.id, by: room.dave)
            try await chat.changeRole(of: room.dave, in: room.id, to: .moderator, by: room.anna)
            try await chat.leaveRoom(room.id, by: room.anna)
            #expect(try await room.test.summary(room.id, for: room.dave).role == .owner)
            #expect(try await room.test.summary(room.id, for: room.bert).role == .member)
            try await chat.changeRole(of: room.cora, in: room.id, to: .owner, by: room.dave)
            try await chat.leaveRoom(room.id, by: room.dave)
            #expect(try await room.test.summary(room.id, for: room.bert).role == .member)
            #expect(try await room.test.summary(room.id, for: room.cora).role == .owner)
        }
    }

    @Test("Who is removed is gone before anybody hears of it, and may come again")
    func kick() async throws {
        try await withRoom { room in
            try await room.test.chat.removeMember(room.cora, from: room.id, by: room.bert)
            let all = room.test.announcer.all
            #expect(all.first == .memberRemoved(room.id, user: room.cora))
            #expect(room.test.announcer.messages.map(\.body) == ["Bert removed Cora."])
            await expectError(.notFound) { try await room.test.summary(room.id, for: room.cora) }
            #expect(try await room.test.summary(room.id, for: room.anna).members == 2)
            _ = try await room.test.chat.joinRoom(room.id, by: room.cora)
        }
    }

    @Test("Nobody acts upon their like or those above them")
    func ranks() async throws {
        try await withRoom { room in
            let chat = room.test.chat
            let later = room.test.clock.now().advanced(byMilliseconds: 1_000)
            for target in [room.anna, room.bert] {
                await expectError(.forbidden) {
                    try await chat.removeMember(target, from: room.id, by: room.bert)
                }
                await expectError(.forbidden) {
                    try await chat.ban(target, from: room.id, reason: BanReason(""), by: room.bert)
                }
                await expectError(.forbidden) {
                    try await chat.silence(target, in: room.id, until: later, by: room.bert)
                }
            }
            let bans = try await chat.listBans(from: room.id, by: room.anna)
            #expect(bans.isEmpty)
            await expectError(.forbidden) {
                try await chat.ban(room.anna, from: room.id, reason: BanReason(""), by: room.anna)
            }
            let kept = try await room.test.summary(room.id, for: room.anna)
            #expect(kept.members == 3)
        }
    }

    @Test("A ban keeps members and strangers out, until it is lifted")
    func ban() async throws {
        try await withRoom { room in
            let chat = room.test.chat
            try await chat.ban(room.cora, from: room.id, reason: BanReason("spam"), by: room.bert)
            #expect(room.test.announcer.all.first == .memberRemoved(room.id, user: room.cora))
            #expect(room.test.announcer.messages.map(\.body) == ["Bert banned Cora."])
            room.test.announcer.clear()
            try await chat.ban(room.dave, from: room.id, reason: BanReason(""), by: room.anna)
            #expect(room.test.announcer.all.isEmpty)
            let bans = try await chat.listBans(from: room.id, by: room.bert)
            #expect(Set(bans.map(\.user.id)) == [room.cora, room.dave])
            #expect(bans.first { $0.user.id == room.cora }?.reason == "spam")
            #expect(bans.first { $0.user.id == room.cora }?.by == room.bert)
            for person in [room.cora, room.dave] {
                await expectError(.banned) { try await chat.joinRoom(room.id, by: person) }
                await expectError(.banned) { try await chat.addMembers([person], to: room.id, by: room.anna) }
            }
            try await chat.unban(room.cora, from: room.id, by: room.anna)
            try await chat.unban(room.cora, from: room.id, by: room.anna)
            #expect(try await chat.joinRoom(room.id, by: room.cora).role == .member)
        }
    }

    @Test("Who is silenced reads on, and writes again when the time is over; what was sent stays sent")
    func silence() async throws {
        try await withRoom { room in
            let test = room.test
            let cid = test.cid()
            let sent = try await test.send("hello", cid: cid, to: room.id, by: room.cora)
            let until = test.clock.now().advanced(byMilliseconds: 60_000)
            try await test.chat.silence(room.cora, in: room.id, until: until, by: room.bert)
            let summary = try await test.summary(room.id, for: room.cora)
            #expect(summary.silencedUntil == until)
            #expect(test.announcer.all.last == .conversationChanged(summary, to: room.cora))
            test.clock.advance(milliseconds: 20_000)
            let error = await expectError(.silenced) { try await test.send("no", to: room.id, by: room.cora) }
            #expect(error?.after == 40_000)
            #expect(error?.retryable == false)
            let again = try await test.send("hello", cid: cid, to: room.id, by: room.cora)
            #expect(again.isDuplicate && again.seq == sent.seq)
            _ = try await test.chat.markRead(upTo: sent.seq, in: room.id, by: room.cora)
            test.clock.advance(milliseconds: 40_000)
            try await test.send("yes", to: room.id, by: room.cora)
            try await test.chat.silence(
                room.cora, in: room.id, until: test.clock.now().advanced(byMilliseconds: 9), by: room.bert)
            try await test.chat.silence(
                room.cora, in: room.id, until: Timestamp(milliseconds: 0), by: room.bert)
            try await test.send("yes", to: room.id, by: room.cora)
        }
    }

    @Test("An archived room is read and brought back, and listed apart")
    func archive() async throws {
        try await withRoom { room in
            let chat = room.test.chat
            let cid = room.test.cid()
            let sent = try await room.test.send("hello", cid: cid, to: room.id, by: room.cora)
            try await chat.archiveRoom(room.id, true, by: room.anna)
            try await chat.archiveRoom(room.id, true, by: room.anna)
            #expect(room.test.announcer.messages.map(\.body).suffix(1) == ["Admin archived the room."])
            #expect(try await room.test.summary(room.id, for: room.cora).isArchived)
            await expectError(.archived) { try await room.test.send("no", to: room.id, by: room.anna) }
            let again = try await room.test.send("hello", cid: cid, to: room.id, by: room.cora)
            #expect(again.isDuplicate && again.seq == sent.seq)
            await expectError(.archived) { try await chat.joinRoom(room.id, by: room.dave) }
            await expectError(.archived) {
                try await chat.addMembers([room.dave], to: room.id, by: room.anna)
            }
            #expect(try await chat.loadPage(of: room.id, .newest, by: room.cora).messages.count > 2)
            #expect(try await chat.listRooms(by: room.dave).isEmpty)
            #expect(try await chat.listRooms(archived: true, by: room.dave).map(\.id) == [room.id])
            try await chat.archiveRoom(room.id, false, by: room.anna)
            try await room.test.send("yes", to: room.id, by: room.cora)
        }
    }

    @Test("In a large room all members hear of the room alike, and only those concerned of themselves")
    func largeRoom() async throws {
        try await withRoom { room in
            for number in 0..<48 {
                _ = try await room.test.chat.joinRoom(room.id, by: room.test.person("p\(number)"))
            }
            room.test.announcer.clear()
            let changed = try await room.test.chat.updateRoom(
                room.id, RoomUpdate(topic: Topic("Many")), by: room.anna)
            #expect(changed.members == 51)
            #expect(room.test.announcer.all.first == .roomChanged(RoomInfo(changed)))
            #expect(room.test.announcer.all.count == 2)
            room.test.announcer.clear()
            try await room.test.chat.changeRole(of: room.cora, in: room.id, to: .moderator, by: room.anna)
            let cora = try await room.test.summary(room.id, for: room.cora)
            #expect(room.test.announcer.all.contains(.conversationChanged(cora, to: room.cora)))
            #expect(room.test.announcer.all.count == 3)
        }
    }

    @Test("Members come in pages, by name, by role, or by what was typed")
    func members() async throws {
        try await withRoom { room in
            let chat = room.test.chat
            let first = try await chat.listMembers(of: room.id, limit: 2, by: room.cora)
            #expect(first.members.map(\.user.name) == ["Admin", "Bert"])
            #expect(first.next == room.bert)
            let second = try await chat.listMembers(of: room.id, after: first.next, limit: 2, by: room.cora)
            #expect(second.members.map(\.user.name) == ["Cora"])
            #expect(second.next == nil)
            let found = try await chat.listMembers(of: room.id, matching: SearchText("OR"), by: room.cora)
            #expect(found.members.map(\.user.id) == [room.cora])
            let moderators = try await chat.listMembers(of: room.id, role: .moderator, by: room.cora)
            #expect(moderators.members.map(\.user.id) == [room.bert])
            let none = try await chat.listMembers(of: room.id, matching: SearchText("%"), by: room.cora)
            #expect(none.members.isEmpty)
            await expectError(.notFound) { try await chat.listMembers(of: room.id, by: room.dave) }
        }
    }

    @Test("One arranges a conversation for oneself; a new message shows a hidden one again")
    func arranging() async throws {
        try await withRoom { room in
            let chat = room.test.chat
            let until = room.test.clock.now().advanced(byMilliseconds: 3_600_000)
            try await chat.arrange(room.id, by: room.cora) {
                $0 = Arrangement(notify: .mentions, mutedUntil: until, isPinned: true, isHidden: true)
            }
            let mine = try await room.test.summary(room.id, for: room.cora)
            #expect(
                mine.arrangement
                    == Arrangement(notify: .mentions, mutedUntil: until, isPinned: true, isHidden: true))
            #expect(room.test.announcer.all == [.conversationChanged(mine, to: room.cora)])
            #expect(try await room.test.summary(room.id, for: room.bert).arrangement == Arrangement())
            try await chat.arrange(room.id, by: room.cora) { $0.isPinned = true }
            #expect(room.test.announcer.all.count == 1)
            try await room.test.send("news", to: room.id, by: room.bert)
            #expect(try await room.test.summary(room.id, for: room.cora).arrangement.isHidden == false)
            await expectError(.notFound) {
                try await chat.arrange(room.id, by: room.dave) { $0.isPinned = true }
            }
        }
    }
}
