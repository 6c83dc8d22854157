internal import ChatDomain
internal import ChatGateway
internal import ChatService
internal import SocketIO
internal import Testing

/// `watch`, `pres`, `active` and `view` over real sockets.
@Suite("Events of presence", .timeLimit(.minutes(5)))
struct PresenceEventTests {
    /// Anna and Ben share a room; Cid is a stranger to both.
    private func people(
        _ test: (ChatServer, _ people: [Person], _ room: String, _ anna: ChatClient) async throws -> Void
    ) async throws {
        try await ChatServer.run { server in
            let people = [
                try await server.setUp(), try await server.signUp("ben"), try await server.signUp("cid"),
            ]
            let anna = try await server.connect(people[0])
            let made = try await anna.done(
                "room.create", "{\"name\":\"R\",\"public\":false,\"members\":[\"\(people[1].id)\"]}")
            _ = try await anna.heard()
            try await test(server, people, try #require(made["conv"]?["c"]?.string), anna)
            await anna.close()
        }
    }

    /// Beats until the client has heard `pres`; the server learns of a closed connection a moment later.
    private func presence(_ server: ChatServer, _ client: ChatClient) async throws -> JSONValue? {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            try await server.gateway.beat()
            if let event = try await client.heard().first(where: { $0.name == "pres" }) {
                return event.value["list"]
            }
        }
        return nil
    }

    @Test("Somebody comes, rests, goes; after 15 s they are off, and their last moment is kept")
    func comesAndGoes() async throws {
        try await people { server, people, room, anna in
            let ids = people.map { "\"\($0.id)\"" }.joined(separator: ",")
            let list = try await anna.done("watch", "{\"users\":[\(ids)]}")["list"]
            #expect(list?.elements.map { $0[0]?.string } == [people[0].id, people[1].id])
            #expect(list?[0] == .array([.string(people[0].id), .string("on"), .null]))
            #expect(list?[1] == .array([.string(people[1].id), .string("off"), .null]))
            _ = try await anna.done("watch", "{\"users\":[\"\(people[1].id)\"]}")
            let ben = try await server.connect(people[1])
            #expect(
                try await presence(server, anna)
                    == .array([.array([.string(people[1].id), .string("on"), .null])]))
            _ = try await ben.done("active", #"{"idle":true}"#)
            #expect(try await presence(server, anna)?[0]?[1] == .string("idle"))
            await ben.close()
            // Events of others in between show that the disconnection has been noticed: time passes only then.
            var gone: JSONValue?
            let deadline = ContinuousClock.now + .seconds(60)
            while gone == nil, ContinuousClock.now < deadline {
                server.clock.advance(days: 1)
                try await server.gateway.beat()
                gone = try await anna.heard().first { $0.name == "pres" }?.value["list"]
            }
            #expect(gone?[0]?[1] == .string("off"))
            let seen = try #require(gone?[0]?[2]?.integer)
            #expect(seen >= SettableClock.start)
            let again = try await anna.done("watch", "{\"users\":[\"\(people[1].id)\"]}")
            #expect(again["list"]?[0]?[2] == .integer(seen))
        }
    }

    @Test("Strangers are not shown, nor whoever has become one")
    func strangers() async throws {
        try await people { server, people, room, anna in
            let cid = try await server.connect(people[2])
            let ids = "\"\(people[0].id)\",\"\(people[1].id)\""
            #expect(try await cid.done("watch", "{\"users\":[\(ids)]}")["list"] == .array([]))
            _ = try await anna.done("watch", "{\"users\":[\"\(people[1].id)\"]}")
            _ = try await anna.done("room.kick", "{\"c\":\"\(room)\",\"u\":\"\(people[1].id)\"}")
            try await server.gateway.beat()
            let ben = try await server.connect(people[1])
            try await server.gateway.beat()
            for client in [anna, cid] {
                let names = try await client.heard().map(\.name)
                #expect(!names.contains("pres"))
            }
            for client in [ben, cid] { await client.close() }
        }
    }

    @Test("A list has at most 200 people")
    func bound() async throws {
        try await people { server, people, room, anna in
            let many = Array(repeating: "\"\(people[1].id)\"", count: 201).joined(separator: ",")
            let tooMany = try await anna.refused("watch", "{\"users\":[\(many)]}")
            #expect(tooMany == "invalid")
            #expect(try await anna.refused("watch", #"{"users":["nobody"]}"#) == "not_found")
        }
    }

    @Test("view answers where the conversation stands, to its members")
    func view() async throws {
        try await people { server, people, room, anna in
            let answer = try await anna.done("view", "{\"c\":\"\(room)\"}")
            #expect(answer["seq"] == .integer(2) && answer["rev"] == .integer(0))
            #expect(try await anna.done("view", #"{"c":null}"#).keys == ["ok"])
            let cid = try await server.connect(people[2])
            #expect(try await cid.refused("view", "{\"c\":\"\(room)\"}") == "not_found")
            await cid.close()
        }
    }
}
