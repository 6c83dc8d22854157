internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// Groups, order in rooms and arranging, over real sockets.
@Suite("Events of groups and order", .timeLimit(.minutes(5)))
struct RoomOrderEventTests {
    /// Anna, Ben and Cid, all connected, and a public room of theirs that Anna owns.
    private func room(
        _ test: (ChatServer, String, _ people: [Person], _ clients: [ChatClient]) async throws -> Void
    ) async throws {
        try await ChatServer.run { server in
            let people = [
                try await server.setUp(), try await server.signUp("ben"), try await server.signUp("cid"),
            ]
            var clients: [ChatClient] = []
            for person in people { clients.append(try await server.connect(person)) }
            let made = try await clients[0].done(
                "room.create",
                "{\"name\":\"R\",\"public\":true,\"members\":[\"\(people[1].id)\",\"\(people[2].id)\"]}")
            let room = try #require(made["conv"]?["c"]?.string)
            for client in clients { _ = try await client.heard() }
            try await test(server, room, people, clients)
            for client in clients { await client.close() }
        }
    }

    private func send(_ room: String, _ number: Int) -> String {
        "{\"c\":\"\(room)\",\"cid\":\"00000000-0000-4000-8000-00000000000\(number)\",\"body\":\"m\(number)\"}"
    }

    @Test(
        "Who was thrown out receives nothing after it, on no connection",
        arguments: ["room.kick", "room.ban"])
    func thrownOut(event: String) async throws {
        try await room { server, room, people, clients in
            let (anna, ben, cid) = (clients[0], clients[1], clients[2])
            let second = try await server.connect(people[2])
            _ = try await anna.done("send", send(room, 1))
            let target = "{\"c\":\"\(room)\",\"u\":\"\(people[2].id)\",\"on\":true}"
            _ = try await anna.done(event, target)
            _ = try await anna.done("send", send(room, 2))
            _ = try await ben.done("typing", "{\"c\":\"\(room)\"}")
            _ = try await ben.done("read", "{\"c\":\"\(room)\",\"seq\":4}")
            _ = try await anna.done("room.update", "{\"c\":\"\(room)\",\"topic\":\"T\"}")
            for socket in [cid, second] {
                let heard = try await socket.heard()
                #expect(heard.map(\.name) == ["msg", "conv.gone"])
                #expect(heard.last?.value["c"] == .string(room))
            }
            let late = try await server.connect(people[2])
            _ = try await anna.done("send", send(room, 3))
            #expect(try await late.heard() == [])
            #expect(try await late.done("sync", "{}")["convs"] == .array([]))
            let after = event == "room.ban" ? "banned" : nil
            let joining = try await cid.ask("room.join", "{\"c\":\"\(room)\"}")
            #expect(joining["code"]?.string == after)
            let others = try await ben.heard().filter { $0.name == "msg" }.compactMap {
                $0.value["body"]?.string
            }
            #expect(others.contains(event == "room.ban" ? "Anna banned Cid." : "Anna removed Cid."))
            for client in [second, late] { await client.close() }
        }
    }

    @Test("A group, as everybody in it sees it")
    func group() async throws {
        try await room { server, _, people, clients in
            let opened = try await clients[0].done(
                "group", "{\"members\":[\"\(people[1].id)\",\"\(people[2].id)\"]}")
            let group = try #require(opened["conv"])
            #expect(group["kind"] == .string("group") && group["name"] == .string("Ben, Cid"))
            #expect(group["peers"]?.elements.map { $0["username"]?.string } == ["ben", "cid"])
            let theirs = try await clients[2].next("conv")["conv"]
            #expect(theirs?["c"] == group["c"] && theirs?["name"] == .string("Anna, Ben"))
            let id = try #require(group["c"]?.string)
            _ = try await clients[1].done("send", send(id, 1))
            #expect(try await clients[2].next("msg")["body"] == .string("m1"))
            _ = try await clients[2].done("room.update", "{\"c\":\"\(id)\",\"name\":\"Trip\"}")
            let heard = try await clients[0].heard().filter { $0.name == "conv" }
            #expect(heard.last?.value["conv"]?["name"] == .string("Trip"))
            #expect(try await clients[0].refused("group", "{\"members\":[\"\(people[1].id)\"]}") == "invalid")
        }
    }

    @Test("What one arranges reaches one's other devices and nobody else")
    func arranging() async throws {
        try await room { server, room, people, clients in
            let second = try await server.connect(people[1])
            let ben = clients[1]
            _ = try await ben.done(
                "notify", "{\"c\":\"\(room)\",\"level\":\"mentions\",\"until\":4102444800000}")
            _ = try await ben.done("conv.pin", "{\"c\":\"\(room)\",\"on\":true}")
            _ = try await ben.done("conv.hide", "{\"c\":\"\(room)\",\"on\":true}")
            let conv = try #require(try await second.heard().last?.value["conv"])
            #expect(conv["notify"] == .string("mentions") && conv["muted"] == .integer(4_102_444_800_000))
            #expect(conv["pinned"] == .bool(true) && conv["hidden"] == .bool(true))
            #expect(try await clients[0].heard() == [])
            _ = try await ben.done("notify", "{\"c\":\"\(room)\",\"level\":\"all\",\"until\":0}")
            let plain = try #require(try await second.heard().last?.value["conv"])
            #expect(plain["notify"] == .string("all") && plain["muted"] == nil)
            #expect(try await ben.refused("notify", "{\"c\":\"\(room)\",\"level\":\"some\"}") == "invalid")
            #expect(
                try await ben.refused("notify", "{\"c\":\"\(room)\",\"level\":\"all\",\"until\":-1}")
                    == "invalid")
            await second.close()
        }
    }

    @Test("Who is muted learns it, and until when; the members list shows it")
    func muted() async throws {
        try await room { server, room, people, clients in
            let until = server.chat.now.milliseconds + 60_000
            let target = "{\"c\":\"\(room)\",\"u\":\"\(people[1].id)\",\"until\":\(until)}"
            _ = try await clients[0].done("room.mute", target)
            #expect(try await clients[1].next("conv")["conv"]?["silenced"] == .integer(until))
            let answer = try await clients[1].ask("send", send(room, 1))
            #expect(answer["code"] == .string("silenced") && answer["retry"] == .bool(false))
            #expect((answer["after"]?.integer ?? 0) > 0)
            let members = try await clients[2].done("room.members", "{\"c\":\"\(room)\",\"q\":\"ben\"}")
            #expect(members["members"]?[0]?["silenced"] == .integer(until))
            let page = try await clients[2].done("room.members", "{\"c\":\"\(room)\",\"limit\":1}")
            #expect(page["next"] == .string(people[0].id))
        }
    }
}
