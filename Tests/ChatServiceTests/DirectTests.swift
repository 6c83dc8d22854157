import ChatDomain
import ChatService
import Testing

@Suite("Direct conversations and notes")
struct DirectTests {
    @Test("Both people see the other one's name, and hear of it")
    func direct() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let mine = try await test.chat.openDirect(with: bert, by: anna)
            #expect(mine.kind == .direct)
            #expect(mine.name == "Bert")
            #expect(mine.peer?.id == bert)
            #expect(mine.members == 2)
            #expect(mine.seq == .zero)
            #expect(mine.last == nil)
            #expect(mine.marks == [MemberPositions(user: bert, delivered: .zero, read: .zero)])
            let theirs = try await test.summary(mine.id, for: bert)
            #expect(theirs.name == "Admin")
            #expect(theirs.peer?.id == anna)
            #expect(test.announcer.all == [.memberAdded(mine, user: anna), .memberAdded(theirs, user: bert)])
        }
    }

    @Test("Opening again finds it, from either side, and announces nothing")
    func again() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let id = try await test.chat.openDirect(with: bert, by: anna).id
            test.announcer.clear()
            #expect(try await test.chat.openDirect(with: anna, by: bert).id == id)
            #expect(try await test.chat.openDirect(with: bert, by: anna).id == id)
            #expect(test.announcer.all.isEmpty)
        }
    }

    @Test("With oneself it is notes")
    func notes() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let notes = try await test.chat.openDirect(with: anna, by: anna)
            #expect(notes.kind == .notes)
            #expect(notes.name == "Admin")
            #expect(notes.peer == nil)
            #expect(notes.marks == nil)
            #expect(notes.members == 1)
            try await test.send("remember", to: notes.id, by: anna)
            #expect(try await test.summary(notes.id, for: anna).unread == 0)
        }
    }

    @Test("Nobody joins, leaves or adds to it")
    func closed() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let carl = try await test.person("carl")
            for place in [
                try await test.chat.openDirect(with: bert, by: anna).id,
                try await test.chat.openDirect(with: anna, by: anna).id,
            ] {
                await expectError(.forbidden) { try await test.chat.leaveRoom(place, by: anna) }
                await expectError(.forbidden) { try await test.chat.joinRoom(place, by: anna) }
                await expectError(.forbidden) { try await test.chat.addMembers([carl], to: place, by: anna) }
                await expectError(.notFound) { try await test.chat.leaveRoom(place, by: carl) }
                await expectError(.notFound) { try await test.chat.joinRoom(place, by: carl) }
                await expectError(.notFound) { try await test.chat.addMembers([carl], to: place, by: carl) }
                await expectError(.notFound) { try await test.chat.listMembers(of: place, by: carl) }
            }
        }
    }

    @Test("Nobody talks to people who do not exist")
    func unknown() async throws {
        try await withChat { test in
            let anna = try await test.open()
            await expectError(.notFound) { try await test.chat.openDirect(with: UserID(bits: 1), by: anna) }
            await expectError(.unauthorized) {
                try await test.chat.openDirect(with: anna, by: UserID(bits: 1))
            }
        }
    }
}
