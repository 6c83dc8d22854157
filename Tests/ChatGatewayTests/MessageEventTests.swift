internal import ChatService
internal import ChatStoreSQLite
internal import SocketIO
internal import Testing

/// `send`, `sync`, `gap`, `page`, `read`, `got`, `typing`.
@Suite("Events of messages", .timeLimit(.minutes(5)))
struct MessageEventTests {
    private static func cid(_ number: Int) -> String {
        "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
    }

    /// Anna and Ben in a direct conversation, Cid beside it; all connected.
    private func three(
        limits: RateLimits = .none,
        _ test: (ChatServer, _ room: String, _ anna: ChatClient, _ ben: ChatClient, _ cid: ChatClient)
            async throws ->
            Void
    ) async throws {
        try await ChatServer.run(limits: limits) { server in
            let people = [
                try await server.setUp(), try await server.signUp("ben"), try await server.signUp("cid"),
            ]
            let anna = try await server.connect(people[0])
            let ben = try await server.connect(people[1])
            let cid = try await server.connect(people[2])
            let opened = try await anna.done("dm", "{\"u\":\"\(people[1].id)\"}")
            let room = try #require(opened["conv"]?["c"]?.string)
            _ = (try await anna.next("conv"), try await ben.next("conv"))
            try await test(server, room, anna, ben, cid)
            for client in [anna, ben, cid] { await client.close() }
        }
    }

    private func send(_ room: String, _ number: Int, _ body: String) -> String {
        "{\"c\":\"\(room)\",\"cid\":\"\(Self.cid(number))\",\"body\":\"\(body)\"}"
    }

    @Test("a message reaches every socket of every member, and nobody else")
    func delivered() async throws {
        try await three { server, room, anna, ben, cid in
            let sent = try await anna.done("send", send(room, 1, "hi"))
            #expect(sent.keys == ["ok", "seq", "ts", "id", "dup"])
            #expect(sent["seq"] == .integer(1))
            #expect(sent["ts"] == .integer(SettableClock.start))
            #expect(sent["id"] == .string(room + "/1"))
            #expect(sent["dup"] == .bool(false))
            let message = try await ben.next("msg")
            #expect(
                message.keys == [
                    "c", "seq", "id", "cid", "from", "name", "ts", "body", "kind", "n", "v", "rev",
                ])
            #expect(message["c"] == .string(room) && message["body"] == .string("hi"))
            #expect(message["cid"] == .string(Self.cid(1)) && message["kind"] == .string("text"))
            #expect(message["name"] == .string("Anna"))
            #expect(try await anna.next("msg") == message)
            #expect(try await cid.heard() == [])
        }
    }

    @Test("the same cid is the same message; with other content it is refused; others may use it")
    func duplicate() async throws {
        try await three { server, room, anna, ben, cid in
            let first = try await anna.done("send", send(room, 1, "hi"))
            let again = try await anna.done("send", send(room, 1, "hi"))
            #expect(again["dup"] == .bool(true))
            #expect(again["seq"] == first["seq"] && again["id"] == first["id"])
            #expect(try await anna.refused("send", send(room, 1, "ho")) == "cid_reused")
            #expect(try await ben.done("send", send(room, 1, "hi"))["seq"] == .integer(2))
            #expect(try await cid.heard() == [])
        }
    }

    @Test(
        "what cannot be sent",
        arguments: [
            ("cid not a UUID", "invalid"), ("empty body", "invalid"), ("body too long", "too_long"),
            ("unknown conversation", "not_found"), ("no conversation id", "not_found"),
        ])
    func refused(_ what: String, _ code: String) async throws {
        try await three { server, room, anna, ben, cid in
            let json =
                switch what {
                case "cid not a UUID": "{\"c\":\"\(room)\",\"cid\":\"1\",\"body\":\"x\"}"
                case "empty body": send(room, 1, "")
                case "body too long": send(room, 1, String(repeating: "x", count: 20_001))
                case "unknown conversation": send("cnv_aaaaaaaaaaaaaaaaaaaaaaaaaa", 1, "x")
                default: send("nonsense", 1, "x")
                }
            let answer = try await anna.refused("send", json)
            #expect(answer == code)
            #expect(try await ben.heard() == [])
        }
    }

    @Test("who sends too fast hears when to come back")
    func rate() async throws {
        try await three(limits: RateLimits(sends: Rate(perSecond: 1, burst: 1))) {
            server, room, anna, ben, cid in
            _ = try await anna.done("send", send(room, 1, "x"))
            let answer = try await anna.ask("send", send(room, 2, "y"))
            #expect(answer["code"] == .string("rate") && answer["retry"] == .bool(true))
            #expect((answer["after"]?.integer ?? 0) > 0)
        }
    }

    @Test("a store that is closed is unavailable, and that may pass")
    func unavailable() async throws {
        try await three { server, room, anna, ben, cid in
            await server.store.base.close()
            for (event, json) in [
                ("send", send(room, 1, "x")), ("sync", "{}"), ("page", "{\"c\":\"\(room)\"}"),
            ] {
                let answer = try await anna.ask(event, json)
                #expect(
                    answer["code"] == .string("unavailable") && answer["retry"] == .bool(true), "\(event)")
                #expect((answer["after"]?.integer ?? 0) > 0)
            }
        }
    }

    @Test("sync lists what I am in, with last message and unread count")
    func sync() async throws {
        try await three { server, room, anna, ben, cid in
            _ = try await anna.done("send", send(room, 1, "hi"))
            let answer = try await ben.done("sync", #"{"epoch":"old"}"#)
            #expect(answer["epoch"] == .string(server.chat.epoch))
            let conversations = try #require(answer["convs"]).elements
            #expect(conversations.count == 1)
            let conversation = try #require(conversations.first)
            #expect(
                conversation.keys == [
                    "c", "kind", "name", "topic", "peer", "role", "members", "seq", "rev", "read", "got",
                    "unread", "mentions", "rr",
                    "last", "marks", "notify",
                ])
            #expect(conversation["kind"] == .string("direct") && conversation["name"] == .string("Anna"))
            #expect(conversation["peer"]?["username"] == .string("anna"))
            #expect(conversation["seq"] == .integer(1) && conversation["unread"] == .integer(1))
            #expect(
                conversation["last"]?["body"] == .string("hi")
                    && conversation["last"]?["name"] == .string("Anna"))
            #expect(conversation["marks"]?[0]?[1] == .integer(1))
            #expect(try await cid.done("sync", "{}")["convs"] == .array([]))
        }
    }

    @Test("gap fills a hole in order and says when there is more")
    func gap() async throws {
        try await three { server, room, anna, ben, cid in
            for number in 1...7 { _ = try await anna.done("send", send(room, number, "m\(number)")) }
            let whole = try await ben.done("gap", "{\"c\":\"\(room)\",\"from\":3}")
            #expect(
                whole.keys == [
                    "ok", "msgs", "changed", "changesMore", "seq", "rev", "more", "reset",
                ])
            #expect(whole["msgs"]?.elements.map { $0["seq"]?.integer } == [3, 4, 5, 6, 7])
            #expect(whole["more"] == .bool(false) && whole["reset"] == .bool(false))
            #expect(whole["seq"] == .integer(7))
            let part = try await ben.done("gap", "{\"c\":\"\(room)\",\"from\":2,\"to\":6,\"limit\":2}")
            #expect(part["msgs"]?.elements.map { $0["seq"]?.integer } == [2, 3])
            #expect(part["more"] == .bool(true))
            let nothing = try await ben.done("gap", "{\"c\":\"\(room)\",\"from\":8}")
            #expect(nothing["msgs"] == .array([]))
            for wrong in ["-1", "4294967296", "1.5"] {
                #expect(try await ben.refused("gap", "{\"c\":\"\(room)\",\"from\":\(wrong)}") == "invalid")
            }
        }
    }

    @Test("a hole of more than 500 is not filled")
    func reset() async throws {
        try await three { server, room, anna, ben, cid in
            for number in 1...501 { _ = try await anna.done("send", send(room, number, "m")) }
            let answer = try await ben.done("gap", "{\"c\":\"\(room)\",\"from\":1}")
            #expect(answer["reset"] == .bool(true) && answer["msgs"] == .array([]))
            let filled = try await ben.done("gap", "{\"c\":\"\(room)\",\"from\":2}")
            #expect(filled["reset"] == .bool(false) && filled["more"] == .bool(true))
            #expect(filled["msgs"]?.elements.count == 200)
        }
    }

    @Test("page: newest, before, after, around")
    func page() async throws {
        try await three { server, room, anna, ben, cid in
            for number in 1...9 { _ = try await anna.done("send", send(room, number, "m\(number)")) }
            let cases: [(String, [Int64], Bool, Bool)] = [
                ("\"limit\":3", [7, 8, 9], false, true), ("\"before\":4,\"limit\":2", [2, 3], false, false),
                ("\"before\":3", [1, 2], true, false), ("\"after\":7", [8, 9], false, true),
                ("\"after\":2,\"limit\":2", [3, 4], false, false),
                ("\"around\":5,\"limit\":3", [4, 5, 6], false, false),
                ("\"limit\":100", [1, 2, 3, 4, 5, 6, 7, 8, 9], true, true),
            ]
            for (json, seqs, first, last) in cases {
                let answer = try await ben.done("page", "{\"c\":\"\(room)\",\(json)}")
                #expect(answer["msgs"]?.elements.compactMap { $0["seq"]?.integer } == seqs, "\(json)")
                #expect(answer["first"] == .bool(first) && answer["last"] == .bool(last), "\(json)")
            }
            #expect(try await ben.refused("page", "{\"c\":\"\(room)\",\"before\":-5}") == "invalid")
        }
    }

    @Test("read moves forward only; the others get the mark")
    func read() async throws {
        try await three { server, room, anna, ben, cid in
            for number in 1...3 { _ = try await anna.done("send", send(room, number, "m")) }
            let forward = try await ben.done("read", "{\"c\":\"\(room)\",\"seq\":2}")
            #expect(forward["read"] == .integer(2) && forward["unread"] == .integer(1))
            let mark = try await anna.next("mark")
            #expect(mark["c"] == .string(room) && mark["read"] == .integer(2) && mark["got"] == .integer(2))
            let back = try await ben.done("read", "{\"c\":\"\(room)\",\"seq\":1}")
            #expect(back["read"] == .integer(2))
            let beyond = try await ben.done("read", "{\"c\":\"\(room)\",\"seq\":99}")
            #expect(beyond["read"] == .integer(3) && beyond["unread"] == .integer(0))
            #expect(try await ben.refused("read", "{\"c\":\"\(room)\",\"seq\":-1}") == "invalid")
            #expect(try await cid.heard() == [])
        }
    }

    @Test("my other devices hear how much is unread; the other member does not")
    func unreadOnOtherDevices() async throws {
        try await three { server, room, anna, ben, cid in
            for number in 1...2 { _ = try await anna.done("send", send(room, number, "m")) }
            let signedIn = try await server.http(
                "POST", "/api/signin", #"{"username":"ben","password":"\#(ChatServer.password)"}"#)
            let token = try #require(signedIn["set-cookie"]).dropFirst("parley_session=".count).prefix {
                $0 != ";"
            }
            let phone = try await ChatClient.open(port: server.port)
            try await phone.join(auth: "{\"token\":\"\(token)\"}")
            _ = try await ben.done("read", "{\"c\":\"\(room)\",\"seq\":1}")
            let own = try await phone.next("mark")
            #expect(own["read"] == .integer(1) && own["unread"] == .integer(1))
            let other = try await anna.next("mark")
            #expect(other["read"] == .integer(1))
            #expect(other["unread"] == nil)
            await phone.close()
        }
    }

    @Test("got moves the delivered position; at most 100 entries; foreign ones do nothing")
    func got() async throws {
        try await three { server, room, anna, ben, cid in
            _ = try await anna.done("send", send(room, 1, "m"))
            _ = try await ben.done("got", "{\"list\":[[\"\(room)\",1]]}")
            let mark = try await anna.next("mark")
            #expect(mark["got"] == .integer(1) && mark["read"] == nil)
            _ = try await cid.done("got", "{\"list\":[[\"\(room)\",1]]}")
            _ = try await ben.done("got", #"{"list":[]}"#)
            let entry = "[\"\(room)\",1]"
            let many = Array(repeating: entry, count: 101).joined(separator: ",")
            #expect(try await ben.refused("got", "{\"list\":[\(many)]}") == "invalid")
            #expect(try await ben.refused("got", "{\"list\":[[\"\(room)\"]]}") == "invalid")
            #expect(try await anna.heard().filter { $0.name == "mark" } == [])
        }
    }

    @Test("typing is told to the other members only")
    func typing() async throws {
        try await three { server, room, anna, ben, cid in
            _ = try await anna.done("typing", "{\"c\":\"\(room)\"}")
            let typing = try await ben.next("typing")
            #expect(typing.keys == ["c", "u", "name"])
            #expect(typing["c"] == .string(room) && typing["name"] == .string("Anna"))
            #expect(try await anna.heard() == [])
            #expect(try await cid.heard() == [])
        }
    }

    @Test(
        "to somebody who is no member every request of the conversation is not_found, and they hear nothing")
    func stranger() async throws {
        try await three { server, room, anna, ben, cid in
            _ = try await anna.done("send", send(room, 1, "secret"))
            let requests = [
                ("send", send(room, 9, "x")), ("gap", "{\"c\":\"\(room)\",\"from\":1}"),
                ("page", "{\"c\":\"\(room)\"}"),
                ("read", "{\"c\":\"\(room)\",\"seq\":1}"), ("typing", "{\"c\":\"\(room)\"}"),
                ("room.join", "{\"c\":\"\(room)\"}"), ("room.leave", "{\"c\":\"\(room)\"}"),
                ("room.members", "{\"c\":\"\(room)\"}"), ("room.add", "{\"c\":\"\(room)\",\"members\":[]}"),
            ]
            for (event, json) in requests {
                #expect(try await cid.refused(event, json) == "not_found", "\(event)")
            }
            _ = try await anna.done("send", send(room, 2, "more"))
            #expect(try await cid.heard() == [])
            #expect(try await ben.heard().filter { $0.name == "typing" } == [])
        }
    }
}
