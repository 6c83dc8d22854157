internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// The way in for other programs.
@Suite("Webhooks", .timeLimit(.minutes(5)))
struct HookRouteTests {
    private struct Room {
        let anna: Person
        let c: String
        let client: ChatClient
    }

    private func room(_ server: ChatServer) async throws -> Room {
        let anna = try await server.setUp()
        let client = try await server.connect(anna)
        let made = try await client.done("room.create", #"{"name":"Ops","public":true}"#)
        return Room(anna: anna, c: try #require(made["conv"]?["c"]?.string), client: client)
    }

    private func hook(_ server: ChatServer, _ room: Room, _ body: String) async throws -> JSONValue {
        let made = try await server.http("POST", "/api/conversations/\(room.c)/hooks", body, as: room.anna)
        #expect(made.status == 201, "\(made.text)")
        return made.json
    }

    private func post(
        _ server: ChatServer, _ url: String, _ body: String, _ type: String, key: String? = nil
    ) async throws -> HTTPAnswer {
        try await HTTPAnswer.of(
            "POST", url, bytes: Array(body.utf8),
            headers: [("Content-Type", type)] + (key.map { [("Idempotency-Key", $0)] } ?? []),
            port: server.port)
    }

    @Test("JSON, Slack's form and plain text become messages of the hook's bot, and nothing else does")
    func contents() async throws {
        try await ChatServer.run { server in
            let room = try await room(server)
            let made = try await hook(server, room, #"{"kind":"in","name":"Builds"}"#)
            let url = try #require(made["url"]?.string)
            #expect(made["hook"]?["kind"] == .string("in") && made["hook"]?["name"] == .string("Builds"))
            let json = "application/json"
            for (body, type, expected) in [
                (#"{"text":"green"}"#, json, "green"),
                (
                    #"{"text":"a","attachments":[{"title":"T","title_link":"https://x.example","text":"b"},{"fallback":"c"}]}"#,
                    json + "; charset=utf-8", "a\n\nT https://x.example\nb\n\nc"
                ),
                ("payload=%7B%22text%22%3A%22a+b%C3%A9%22%7D", "application/x-www-form-urlencoded", "a bé"),
                ("plain words", "text/plain; charset=utf-8", "plain words"),
            ] {
                let answer = try await post(server, url, body, type)
                #expect(answer.status == 201, "\(answer.text)")
                #expect(answer.json["c"] == .string(room.c))
                var heard = try await room.client.next("msg")
                while heard["kind"] != .string("text") { heard = try await room.client.next("msg") }
                #expect(heard["body"] == .string(expected))
                #expect(heard["bot"] == .bool(true) && heard["name"] == .string("Builds"))
                #expect(heard["id"] == answer.json["id"])
            }
            for (body, type, status) in [
                ("{", json, 400), ("[]", json, 400), (#"{"text":""}"#, json, 400),
                (#"{"text":5}"#, json, 400),
                ("x=1", "application/x-www-form-urlencoded", 400),
                ("payload=%zz", "application/x-www-form-urlencoded", 400),
                ("\u{0}", "text/plain", 400), ("<a/>", "application/xml", 415),
                (String(repeating: "a", count: Limits.hookBytes + 1), "text/plain", 413),
                (String(repeating: "a", count: 20_001), "text/plain", 400),
                (#"{"text":"x","name":"\#(String(repeating: "n", count: 65))"}"#, json, 400),
            ] {
                let answer = try await post(server, url, body, type)
                #expect(answer.status == status, "\(body.prefix(40))")
            }
            #expect(try await room.client.heard().filter { $0.name == "msg" } == [])
            await room.client.close()
        }
    }

    @Test("a repeated key answers the first result; a wrong secret is nothing")
    func repeated() async throws {
        try await ChatServer.run { server in
            let room = try await room(server)
            let url = try #require(try await hook(server, room, #"{"kind":"in","name":"B"}"#)["url"]?.string)
            let first = try await post(server, url, #"{"text":"x"}"#, "application/json", key: "17")
            let second = try await post(server, url, #"{"text":"x"}"#, "application/json", key: "17")
            #expect(first.status == 201 && second.status == 200 && first.json == second.json)
            let other = try await post(server, url, #"{"text":"y"}"#, "application/json", key: "17")
            #expect((other.status, other.code) == (409, "cid_reused"))
            let bad = try await post(server, url, #"{"text":"y"}"#, "application/json", key: "1 7")
            #expect((bad.status, bad.code) == (400, "invalid"))
            let unknown = "/hooks/" + String(repeating: "a", count: 64)
            for address in [unknown, "/hooks/x", url.uppercased().replacing("/HOOKS", with: "/hooks")] {
                let answer = try await post(server, address, #"{"text":"y"}"#, "application/json")
                #expect((answer.status, answer.code) == (404, "not_found"), "\(address)")
            }
            await room.client.close()
        }
    }

    @Test("hooks are listed without their secrets and removed with their bots")
    func managed() async throws {
        try await ChatServer.run { server in
            let room = try await room(server)
            let path = "/api/conversations/\(room.c)/hooks"
            let made = try await hook(
                server, room,
                #"{"kind":"out","name":"Echo","url":"https://example.org/in","match":"word","word":"Deploy"}"#
            )
            let secret = try #require(made["secret"]?.string)
            let listed = try await server.http("GET", path, as: room.anna)
            #expect(!listed.text.contains(secret))
            #expect(listed.json["hooks"]?[0]?["match"] == .string("word"))
            #expect(listed.json["hooks"]?[0]?["word"] == .string("deploy"))
            #expect(listed.json["hooks"]?[0]?["url"] == .string("https://example.org/in"))
            for body in [
                #"{"kind":"out","name":"E","url":"ftp://example.org"}"#, #"{"kind":"out","name":"E"}"#,
                #"{"kind":"out","name":"E","url":"https://example.org","match":"some"}"#,
                #"{"kind":"x","name":"E"}"#, #"{"kind":"in","name":""}"#,
            ] {
                let answer = try await server.http("POST", path, body, as: room.anna)
                #expect((answer.status, answer.code) == (400, "invalid"), "\(body)")
            }
            let h = try #require(listed.json["hooks"]?[0]?["h"]?.string)
            #expect(try await server.http("DELETE", "\(path)/\(h)", as: room.anna).status == 204)
            #expect(try await server.http("DELETE", "\(path)/\(h)", as: room.anna).status == 404)
            #expect(try await server.http("GET", path, as: room.anna).json["hooks"]?.elements.isEmpty == true)
            await room.client.close()
        }
    }
}
