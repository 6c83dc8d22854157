import ChatDomain
import ChatService
import Testing

@Suite("Groups")
struct GroupTests {
    @Test("The same people open the same group, whoever asks and in whatever order")
    func sameSet() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let cora = try await test.person("cora")
            test.announcer.clear()
            let group = try await test.chat.openGroup(with: [bert, cora, bert, anna], by: anna)
            #expect(group.kind == .group)
            #expect(group.members == 3)
            #expect(group.role == .member)
            #expect(group.name == "Bert, Cora")
            #expect(group.peers?.map(\.id) == [bert, cora])
            #expect(group.marks?.count == 2)
            #expect(group.seq == .zero)
            #expect(test.announcer.all.count == 3)
            let theirs = try await test.summary(group.id, for: cora)
            #expect(theirs.name == "Admin, Bert")
            #expect(test.announcer.all.contains(.memberAdded(theirs, user: cora)))
            test.announcer.clear()
            #expect(try await test.chat.openGroup(with: [anna, cora], by: bert).id == group.id)
            #expect(test.announcer.all.isEmpty)
            let dave = try await test.person("dave")
            #expect(try await test.chat.openGroup(with: [bert, cora, dave], by: anna).id != group.id)
        }
    }

    @Test("A group needs two others who exist, and takes 49")
    func bounds() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            await expectError(.invalid) { try await test.chat.openGroup(with: [bert, anna], by: anna) }
            await expectError(.notFound) {
                try await test.chat.openGroup(with: [bert, UserID(bits: 7)], by: anna)
            }
            let many = (0..<50).map { UserID(bits: UInt128($0)) }
            await expectError(.invalid) { try await test.chat.openGroup(with: many, by: anna) }
        }
    }

    @Test("Anybody names a group, and takes the name away again; nobody is added or thrown out")
    func naming() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let cora = try await test.person("cora")
            let dave = try await test.person("dave")
            let group = try await test.chat.openGroup(with: [bert, cora], by: anna).id
            let named = try await test.chat.updateRoom(
                group, RoomUpdate(name: .named(RoomName("Trip"))), by: cora)
            #expect(named.name == "Trip")
            #expect(test.announcer.messages.last?.body == "Cora renamed the group to “Trip”.")
            #expect(try await test.summary(group, for: anna).name == "Trip")
            #expect(try await test.chat.openGroup(with: [bert, cora], by: anna).id == group)
            let plain = try await test.chat.updateRoom(
                group, RoomUpdate(name: RoomUpdate.Name.none), by: bert)
            #expect(plain.name == "Admin, Cora")
            await expectError(.forbidden) { try await test.chat.addMembers([dave], to: group, by: anna) }
            await expectError(.forbidden) { try await test.chat.removeMember(bert, from: group, by: anna) }
            await expectError(.forbidden) { try await test.chat.archiveRoom(group, true, by: anna) }
            await expectError(.forbidden) {
                try await test.chat.changeRole(of: bert, in: group, to: .owner, by: anna)
            }
        }
    }

    @Test("Whoever left a group is out of it; its people open a new one from then on")
    func leave() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let cora = try await test.person("cora")
            let group = try await test.chat.openGroup(with: [bert, cora], by: anna).id
            try await test.chat.leaveRoom(group, by: cora)
            await expectError(.notFound) { try await test.summary(group, for: cora) }
            let rest = try await test.summary(group, for: anna)
            #expect(rest.members == 2)
            #expect(rest.name == "Bert")
            #expect(rest.role == .member)
            let again = try await test.chat.openGroup(with: [bert, cora], by: anna)
            #expect(again.id != group)
            #expect(again.members == 3)
        }
    }
}
