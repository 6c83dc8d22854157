internal import ChatDomain
internal import SocketIO
internal import Testing

/// `people`, `dm` and the `room.` events.
@Suite("Events of people and rooms", .timeLimit(.minutes(5)))
struct RoomEventTests {
    /// Anna, Ben and Cid, all connected.
    private func three(
        _ test: (ChatServer, _ people: [Person], _ anna: ChatClient, _ ben: ChatClient, _ cid: ChatClient)
            async throws
            -> Void
    ) async throws {
        try await ChatServer.run { server in
            let people = [
                try await server.setUp(), try await server.signUp("ben"), try await server.signUp("cid"),
            ]
            var clients: [ChatClient] = []
            for person in people { clients.append(try await server.connect(person)) }
            try await test(server, people, clients[0], clients[1], clients[2])
            for client in clients { await client.close() }
        }
    }

    private func create(_ client: ChatClient, _ json: String) async throws -> String {
        try #require(try await client.done("room.create", json)["conv"]?["c"]?.string)
    }

    @Test("people: everybody by name, or by what was typed")
    func people() async throws {
        try await three { server, people, anna, ben, cid in
            let all = try await ben.done("people", #"{"q":""}"#)
            #expect(all["people"]?.elements.map { $0["name"]?.string } == ["Anna", "Ben", "Cid"])
            #expect(all["people"]?[0]?.keys == ["u", "username", "name", "role"])
            let some = try await ben.done("people", #"{"q":"NN"}"#)
            #expect(some["people"]?.elements.map { $0["u"]?.string } == [people[0].id])
            #expect(try await ben.done("people", #"{"q":"","limit":2}"#)["people"]?.elements.count == 2)
            #expect(try await ben.done("people", #"{"q":"%"}"#)["people"] == .array([]))
            let long = String(repeating: "q", count: 65)
            #expect(try await ben.refused("people", "{\"q\":\"\(long)\"}") == "invalid")
        }
    }

    @Test("dm opens once for both; with myself it is my notes; unknown people are not found")
    func direct() async throws {
        try await three { server, people, anna, ben, cid in
            let opened = try await anna.done("dm", "{\"u\":\"\(people[1].id)\"}")
            let conversation = try #require(opened["conv"])
            #expect(conversation["kind"] == .string("direct") && conversation["name"] == .string("Ben"))
            #expect(conversation["members"] == .integer(2) && conversation["seq"] == .integer(0))
            #expect(conversation["last"] == nil)
            #expect(try await ben.next("conv")["conv"]?["name"] == .string("Anna"))
            #expect(
                try await ben.done("dm", "{\"u\":\"\(people[0].id)\"}")["conv"]?["c"] == conversation["c"])
            let notes = try await cid.done("dm", "{\"u\":\"\(people[2].id)\"}")
            #expect(notes["conv"]?["kind"] == .string("self") && notes["conv"]?["members"] == .integer(1))
            #expect(try await anna.refused("dm", #"{"u":"usr_aaaaaaaaaaaaaaaaaaaaaaaaaa"}"#) == "not_found")
            #expect(try await anna.refused("dm", #"{"u":"nobody"}"#) == "not_found")
            let room = try #require(conversation["c"]?.string)
            for event in ["room.leave", "room.join"] {
                #expect(try await anna.refused(event, "{\"c\":\"\(room)\"}") == "forbidden")
            }
            #expect(
                try await anna.refused("room.add", "{\"c\":\"\(room)\",\"members\":[\"\(people[2].id)\"]}")
                    == "forbidden")
        }
    }

    @Test("room.create: members hear of it first, then its messages")
    func create() async throws {
        try await three { server, people, anna, ben, cid in
            let made = try await anna.done(
                "room.create",
                "{\"name\":\"Büro\",\"topic\":\"T\",\"public\":false,\"members\":[\"\(people[1].id)\"]}")
            let conversation = try #require(made["conv"])
            #expect(conversation["kind"] == .string("private") && conversation["name"] == .string("Büro"))
            #expect(conversation["topic"] == .string("T") && conversation["role"] == .string("owner"))
            #expect(conversation["members"] == .integer(2))
            let heard = try await ben.heard()
            #expect(heard.map(\.name) == ["conv", "msg", "msg"])
            #expect(heard.first?.value["conv"]?["role"] == .string("member"))
            #expect(heard.last?.value["kind"] == .string("system"))
            #expect(heard.last?.value["body"] == .string("Anna added Ben."))
            #expect(heard.last?.value["cid"] == nil)
            #expect(try await cid.heard() == [])
        }
    }

    @Test(
        "rooms that cannot be made",
        arguments: [
            (#"{"name":"","public":true}"#, "invalid"), (#"{"name":"a\nb","public":true}"#, "invalid"),
            (#"{"name":"R"}"#, "invalid"), (#"{"name":"R","public":true,"members":["x"]}"#, "not_found"),
            (#"{"name":"R","public":true,"members":["usr_aaaaaaaaaaaaaaaaaaaaaaaaaa"]}"#, "not_found"),
        ])
    func refusedRooms(_ json: String, _ code: String) async throws {
        try await three { server, people, anna, ben, cid in
            let answer = try await anna.refused("room.create", json)
            #expect(answer == code)
            let many = Array(repeating: "\"\(people[1].id)\"", count: 101).joined(separator: ",")
            #expect(
                try await anna.refused(
                    "room.create", "{\"name\":\"R\",\"public\":true,\"members\":[\(many)]}")
                    == "invalid")
            #expect(try await anna.heard() == [])
        }
    }

    @Test("public rooms are listed and joined, private ones are neither")
    func listAndJoin() async throws {
        try await three { server, people, anna, ben, cid in
            let open = try await create(anna, #"{"name":"Open","public":true}"#)
            let hidden = try await create(anna, #"{"name":"Hidden","public":false}"#)
            let list = try await ben.done("room.list", "{}")
            #expect(
                list["rooms"]
                    == .array([
                        .object([
                            "c": .string(open), "name": .string("Open"), "topic": .string(""),
                            "members": .integer(1),
                            "joined": .bool(false),
                        ])
                    ]))
            #expect(try await ben.refused("room.join", "{\"c\":\"\(hidden)\"}") == "not_found")
            _ = try await anna.heard()
            let joined = try await ben.done("room.join", "{\"c\":\"\(open)\"}")
            #expect(joined["conv"]?["role"] == .string("member") && joined["conv"]?["members"] == .integer(2))
            #expect(try await ben.done("room.list", #"{"q":"ope"}"#)["rooms"]?[0]?["joined"] == .bool(true))
            #expect(try await ben.done("room.list", #"{"q":"zzz"}"#)["rooms"] == .array([]))
            #expect(try await anna.heard().map(\.name) == ["conv", "msg"])
            let again = try await ben.done("room.join", "{\"c\":\"\(open)\"}")
            #expect(again["conv"]?["c"] == .string(open))
            #expect(try await anna.heard() == [])
        }
    }

    @Test("room.members lists who is there with their roles")
    func members() async throws {
        try await three { server, people, anna, ben, cid in
            let room = try await create(
                anna, "{\"name\":\"R\",\"public\":false,\"members\":[\"\(people[1].id)\"]}")
            let members = try await ben.done("room.members", "{\"c\":\"\(room)\"}")["members"]?.elements ?? []
            #expect(members.map { $0["username"]?.string } == ["anna", "ben"])
            #expect(members.map { $0["role"]?.string } == ["owner", "member"])
            #expect(members.first?.keys == ["u", "username", "name", "role", "joined"])
            #expect(try await cid.refused("room.members", "{\"c\":\"\(room)\"}") == "not_found")
        }
    }

    @Test("room.add: the new member hears everything from then on")
    func add() async throws {
        try await three { server, people, anna, ben, cid in
            let room = try await create(
                anna, "{\"name\":\"R\",\"public\":false,\"members\":[\"\(people[1].id)\"]}")
            let added = try await ben.done(
                "room.add", "{\"c\":\"\(room)\",\"members\":[\"\(people[2].id)\"]}")
            #expect(added["conv"]?["members"] == .integer(3))
            let heard = try await cid.heard()
            #expect(heard.map(\.name) == ["conv", "msg"])
            #expect(heard.last?.value["body"] == .string("Ben added Cid."))
            _ = try await anna.done(
                "send", "{\"c\":\"\(room)\",\"cid\":\"00000000-0000-4000-8000-000000000001\",\"body\":\"hi\"}"
            )
            #expect(try await cid.next("msg")["body"] == .string("hi"))
            #expect(
                try await ben.refused("room.add", "{\"c\":\"\(room)\",\"members\":[\"nobody\"]}")
                    == "not_found")
        }
    }

    @Test("after conv.gone a former member receives nothing and finds nothing")
    func leave() async throws {
        try await three { server, people, anna, ben, cid in
            let room = try await create(
                anna,
                "{\"name\":\"R\",\"public\":false,\"members\":[\"\(people[1].id)\",\"\(people[2].id)\"]}")
            _ = (try await anna.heard(), try await ben.heard(), try await cid.heard())
            _ = try await ben.done("room.leave", "{\"c\":\"\(room)\"}")
            let last = try await ben.heard()
            #expect(last.map(\.name) == ["msg", "conv.gone"])
            #expect(last.last?.value == .object(["c": .string(room)]))
            #expect(try await anna.heard().map(\.name) == ["msg", "conv"])
            for number in 1...5 {
                _ = try await anna.done(
                    "send",
                    "{\"c\":\"\(room)\",\"cid\":\"00000000-0000-4000-8000-00000000000\(number)\",\"body\":\"x\"}"
                )
            }
            _ = try await anna.done("typing", "{\"c\":\"\(room)\"}")
            _ = try await cid.done("read", "{\"c\":\"\(room)\",\"seq\":3}")
            #expect(
                try await cid.heard().filter { $0.name == "msg" && $0.value["kind"] == .string("text") }.count
                    == 5)
            #expect(try await ben.heard() == [])
            for (event, json) in [
                ("typing", "{\"c\":\"\(room)\"}"), ("page", "{\"c\":\"\(room)\"}"),
                ("room.leave", "{\"c\":\"\(room)\"}"),
                ("room.members", "{\"c\":\"\(room)\"}"),
            ] {
                #expect(try await ben.refused(event, json) == "not_found", "\(event)")
            }
            #expect(try await ben.done("sync", "{}")["convs"] == .array([]))
        }
    }

    @Test("when the owner leaves, somebody inherits; joining the empty room owns it")
    func inheritance() async throws {
        try await three { server, people, anna, ben, cid in
            let room = try await create(
                anna, "{\"name\":\"R\",\"public\":true,\"members\":[\"\(people[1].id)\"]}")
            _ = try await ben.heard()
            _ = try await anna.done("room.leave", "{\"c\":\"\(room)\"}")
            #expect(try await ben.next("conv")["conv"]?["role"] == .string("owner"))
            _ = try await ben.done("room.leave", "{\"c\":\"\(room)\"}")
            #expect(
                try await cid.done("room.join", "{\"c\":\"\(room)\"}")["conv"]?["role"] == .string("owner"))
        }
    }
}
