internal import ChatGateway
internal import ChatService
internal import SocketIO
internal import Testing

/// `edit`, `del`, `react`, `pin`, `chg`, `versions`, `thread`, `pins`, `mentions`, `unread`.
@Suite("Events of changes", .timeLimit(.minutes(5)))
struct ChangeEventTests {
    private static func id(_ number: Int) -> String {
        "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
    }

    /// Anna and Ben in a direct conversation, with one message of Anna's that both have heard.
    private func two(
        _ test: (ChatServer, _ room: String, _ anna: ChatClient, _ ben: ChatClient) async throws -> Void
    ) async throws {
        try await ChatServer.run { server in
            let people = [try await server.setUp(), try await server.signUp("ben")]
            let anna = try await server.connect(people[0])
            let ben = try await server.connect(people[1])
            let opened = try await anna.done("dm", "{\"u\":\"\(people[1].id)\"}")
            let room = try #require(opened["conv"]?["c"]?.string)
            _ = (try await anna.next("conv"), try await ben.next("conv"))
            _ = try await anna.done(
                "send", "{\"c\":\"\(room)\",\"cid\":\"\(Self.id(1))\",\"body\":\"hi @ben\"}")
            _ = (try await anna.next("msg"), try await ben.next("msg"))
            try await test(server, room, anna, ben)
            for client in [anna, ben] { await client.close() }
        }
    }

    private func json(_ room: String, _ rest: String, mid: Int? = nil) -> String {
        "{\"c\":\"\(room)\",\"seq\":1" + (mid.map { ",\"mid\":\"\(Self.id($0))\"" } ?? "")
            + (rest.isEmpty ? "" : ",") + rest + "}"
    }

    /// A whole period of ticks.
    private func everybodyTicks(_ server: ChatServer) async {
        for second in 0..<ChatGateway.tickPeriod { await server.gateway.tick(second: second) }
    }

    @Test("every change reaches both, complete, with the next rev")
    func changes() async throws {
        try await two { server, room, anna, ben in
            let edited = try await anna.done("edit", json(room, #""body":"ho","base":1"#, mid: 2))
            #expect(edited.keys == ["ok", "rev", "v"])
            #expect(edited["rev"] == .integer(1) && edited["v"] == .integer(2))
            let reacted = try await ben.done("react", json(room, #""emoji":"👍","on":true"#, mid: 3))
            #expect(reacted.keys == ["ok", "rev"] && reacted["rev"] == .integer(2))
            _ = try await ben.done("pin", json(room, #""on":true"#, mid: 4))
            for client in [anna, ben] {
                let edit = try await client.next("chg")
                #expect(edit.keys == ["c", "rev", "seq", "k", "msg"])
                #expect(edit["k"] == .string("edit") && edit["rev"] == .integer(1))
                #expect(edit["msg"]?["body"] == .string("ho") && edit["msg"]?["edited"] != nil)
                #expect(edit["msg"]?["mentions"] == nil)
                let react = try await client.next("chg")
                #expect(react["k"] == .string("react") && react["rev"] == .integer(2))
                #expect(react["msg"]?["re"]?[0]?[0] == .string("👍"))
                #expect(react["msg"]?["re"]?[0]?[1] == .integer(1))
                #expect(react["msg"]?["re"]?[0]?[2]?.elements.count == 1)
                let pin = try await client.next("chg")
                #expect(pin["k"] == .string("pin") && pin["msg"]?["pin"]?.string != nil)
                #expect(try await client.next("msg")["kind"] == .string("system"))
            }
            let pins = try await anna.done("pins", "{\"c\":\"\(room)\"}")
            #expect(pins["msgs"]?.elements.map { $0["seq"]?.integer } == [1])
            let versions = try await ben.done("versions", json(room, ""))
            #expect(versions["versions"]?.elements.map { $0["body"]?.string } == ["hi @ben", "ho"])
            _ = try await anna.done("del", json(room, "", mid: 5))
            let gone = try await ben.next("chg")
            #expect(gone["k"] == .string("del") && gone["rev"] == .integer(4))
            #expect(gone["msg"]?["del"] == .bool(true) && gone["msg"]?["body"] == .string(""))
            #expect(gone["msg"]?["re"] == nil && gone["msg"]?["pin"] == nil)
            // Whoever was away finds the same by gap.
            let gap = try await ben.done("gap", "{\"c\":\"\(room)\",\"from\":3,\"rev\":1}")
            #expect(gap["changed"]?.elements == [try #require(gone["msg"])])
            #expect(gap["changesMore"] == .bool(false) && gap["rev"] == .integer(4))
        }
    }

    @Test("a conflict, a repetition, and what is no change at all")
    func refused() async throws {
        try await two { server, room, anna, ben in
            let first = try await anna.done("edit", json(room, #""body":"ho","base":1"#, mid: 2))
            #expect(try await anna.done("edit", json(room, #""body":"ho","base":1"#, mid: 2)) == first)
            #expect(try await anna.refused("edit", json(room, #""body":"x","base":1"#, mid: 3)) == "conflict")
            #expect(
                try await anna.refused("edit", json(room, #""body":"x","base":2"#, mid: 2)) == "cid_reused")
            #expect(try await ben.refused("edit", json(room, #""body":"x","base":2"#, mid: 4)) == "forbidden")
            #expect(try await ben.refused("del", json(room, "", mid: 5)) == "forbidden")
            for (event, rest) in [
                ("edit", #""body":"","base":2"#), ("edit", #""body":"x""#),
                ("react", #""emoji":"ab","on":true"#), ("react", #""emoji":"👍""#), ("pin", #""on":1"#),
            ] {
                #expect(
                    try await anna.refused(event, json(room, rest, mid: 6)) == "invalid", "\(event) \(rest)")
            }
            let long = String(repeating: "x", count: 20_001)
            #expect(
                try await anna.refused("edit", json(room, "\"body\":\"\(long)\",\"base\":2", mid: 6))
                    == "too_long")
            #expect(try await anna.refused("del", json(room, #""mid":"1""#)) == "invalid")
            #expect(try await ben.heard().map(\.name) == ["chg"])
        }
    }

    @Test("a reply quotes and counts; the thread and the inbox answer messages")
    func replies() async throws {
        try await two { server, room, anna, ben in
            _ = try await ben.done(
                "send", "{\"c\":\"\(room)\",\"cid\":\"\(Self.id(7))\",\"body\":\"re\",\"reply\":1}")
            let message = try await anna.next("msg")
            #expect(message["reply"]?.keys == ["seq", "from", "name", "body"])
            #expect(message["reply"]?["body"] == .string("hi @ben"))
            let change = try await anna.next("chg")
            #expect(change["k"] == .string("reply") && change["msg"]?["replies"] == .integer(1))
            let thread = try await anna.done("thread", json(room, ""))
            #expect(thread["root"] == change["msg"])
            #expect(thread["msgs"]?.elements == [message] && thread["first"] == .bool(true))
            let mentions = try await ben.done("mentions", "{}")
            #expect(mentions["msgs"]?.elements.map { $0["seq"]?.integer } == [1])
            #expect(mentions["msgs"]?[0]?["mentions"]?.elements.count == 1 && mentions["next"] == nil)
        }
    }

    @Test("search finds with marks; what it cannot read is refused")
    func search() async throws {
        try await two { server, room, anna, ben in
            while try await server.chat.indexMessages() {}
            let found = try await ben.done("search", #"{"q":"HI from:anna","tz":120}"#)
            #expect(found.keys == ["ok", "hits"])
            let hit = try #require(found["hits"]?[0])
            #expect(hit.keys == ["mid", "msg", "marks"])
            #expect(hit["msg"]?["body"] == .string("hi @ben") && hit["msg"]?["c"] == .string(room))
            #expect(hit["marks"]?[0]?[0] == .integer(0) && hit["marks"]?[0]?[1] == .integer(2))
            let mid = try #require(hit["mid"]?.integer)
            let next = try await ben.done("search", "{\"q\":\"hi\",\"before\":\(mid),\"limit\":1}")
            #expect(next["hits"]?.elements == [])
            let refused = try await anna.ask("search", #"{"q":"before:soon"}"#)
            #expect(refused["code"] == .string("invalid") && refused["retry"] == .bool(false))
        }
    }

    @Test("unread moves my marker back on all my devices, and nobody else hears of it")
    func unread() async throws {
        try await two { server, room, anna, ben in
            _ = try await ben.done("read", "{\"c\":\"\(room)\",\"seq\":1}")
            _ = (try await anna.next("mark"), try await ben.next("mark"))
            let answer = try await ben.done("unread", json(room, #""rr":1"#))
            #expect(answer.keys == ["ok", "read", "unread", "mentions", "rr"])
            #expect(answer["read"] == .integer(0) && answer["unread"] == .integer(1))
            #expect(answer["mentions"] == .integer(1) && answer["rr"] == .integer(1))
            let mark = try await ben.next("mark")
            #expect(
                mark["read"] == .integer(0) && mark["rr"] == .integer(1) && mark["mentions"] == .integer(1))
            let conversation = try await ben.done("sync", "{}")["convs"]?[0]
            #expect(conversation?["mentions"] == .integer(1) && conversation?["rr"] == .integer(1))
            #expect(try await anna.heard() == [])
        }
    }

    @Test("sync answers the digest that the next tick tells everybody who is connected")
    func digest() async throws {
        try await two { server, room, anna, ben in
            let mine = try #require(try await anna.done("sync", "{}")["dig"]?.string)
            #expect(mine.count == 16)
            await everybodyTicks(server)
            let tick = try await anna.next("tick")
            #expect(tick.keys == ["dig"] && tick["dig"] == .string(mine))
            let other = try await ben.next("tick")
            #expect(other["dig"] == (try await ben.done("sync", "{}")["dig"]))
            #expect(other["dig"] != tick["dig"], "Anna has read her own message, Ben has not")
            await ben.close()
            _ = try await anna.done("edit", json(room, #""body":"ho","base":1"#, mid: 2))
            await everybodyTicks(server)
            #expect(try await anna.next("tick")["dig"] != .string(mine))
        }
    }
}
