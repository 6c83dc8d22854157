internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// What members hear when a room or its history ends, over real sockets.
@Suite("The end of rooms and of history", .timeLimit(.minutes(5)))
struct RoomEndTests {
    @Test("A deleted room is gone for everybody who is there, and its events reach nobody any more")
    func deletion() async throws {
        try await ChatServer.run { server in
            let (anna, ben) = (try await server.setUp(), try await server.signUp("ben"))
            let clients = [try await server.connect(anna), try await server.connect(ben)]
            let made = try await clients[1].done(
                "room.create", #"{"name":"R","public":true,"members":["\#(anna.id)"]}"#)
            let room = try #require(made["conv"]?["c"]?.string)
            let path = "/api/conversations/\(room)"
            for client in clients { _ = try await client.heard() }
            #expect(try await server.http("DELETE", path, #"{"name":"r"}"#, as: ben).status == 400)
            #expect(try await server.http("DELETE", path, "{}", as: ben).status == 400)
            for client in clients { #expect(try await client.heard().isEmpty) }
            #expect(try await server.http("DELETE", path, #"{"name":"R"}"#, as: ben).status == 204)
            for client in clients {
                #expect(try await client.heard().map(\.name) == ["conv.gone"])
                let list = try await client.done("sync", "{}")
                #expect(list["convs"]?.elements.isEmpty == true)
                #expect(try await client.refused("typing", #"{"c":"\#(room)"}"#) == "not_found")
                #expect(try await client.refused("page", #"{"c":"\#(room)"}"#) == "not_found")
            }
            #expect(try await server.http("DELETE", path, #"{"name":"R"}"#, as: anna).status == 404)
            let log = try await server.http("GET", "/api/admin/audit?action=room.delete", as: anna)
            #expect(log.json["entries"]?.elements.count == 1)
            for client in clients { await client.close() }
        }
    }

    @Test("Members hear of a trimmed history, and whoever missed it by the gap")
    func trim() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let client = try await server.connect(anna)
            let made = try await client.done("room.create", #"{"name":"R","public":true}"#)
            let room = try #require(made["conv"]?["c"]?.string)
            let changed = try await server.http(
                "PUT", "/api/admin/settings", #"{"retentionDays":1}"#, as: anna)
            #expect(changed.json["retentionDays"] == .integer(1))
            _ = try await client.heard()
            server.clock.advance(days: 2)
            while try await server.chat.trimHistory() {}
            let trim = try await client.next("trim")
            #expect(trim["c"] == .string(room) && trim["rev"] == .integer(1) && trim["minSeq"] == .integer(2))
            let gap = try await client.done("gap", #"{"c":"\#(room)","from":1,"rev":0}"#)
            #expect(gap["minSeq"] == .integer(2) && gap["rev"] == .integer(1))
            #expect(gap["msgs"]?.elements.isEmpty == true && gap["reset"] == .bool(false))
            let conversation = try await client.done("sync", "{}")["convs"]?[0]
            #expect(conversation?["minSeq"] == .integer(2) && conversation?["read"] == .integer(1))
            await client.close()
        }
    }
}
