internal import ChatGateway
internal import SocketIO
internal import Testing

/// Invitations, settings and health over HTTP.
@Suite("Routes of administrators", .timeLimit(.minutes(5)))
struct AdminRouteTests {
    @Test("an invitation: made, shown, expired")
    func invites() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let made = try await server.http("POST", "/api/invites", #"{"hours":2,"uses":3}"#, as: anna)
            #expect(made.status == 201)
            #expect(made.json.keys == ["id", "code", "url", "expiresAt", "uses"])
            let code = try #require(made.json["code"]?.string)
            #expect(made.json["url"]?.string?.hasSuffix("/join/" + code) == true)
            #expect(made.json["expiresAt"] == .integer(SettableClock.start + 7_200_000))
            #expect(made.json["uses"] == .integer(3))
            let shown = try await server.http("GET", "/api/invites/" + code)
            #expect(shown.status == 200)
            #expect(
                shown.json
                    == .object([
                        "valid": .bool(true), "by": .string("Anna"), "server": .string("Parley"),
                        "rooms": .array([]),
                    ]))
            for wrong in ["nonsense", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "%2e%2e"] {
                let answer = try await server.http("GET", "/api/invites/" + wrong)
                #expect(answer.status == 200)
                #expect(answer.json["valid"] == .bool(false) && answer.json["reason"] == .string("unknown"))
            }
            server.clock.advance(days: 1)
            let late = try await server.http("GET", "/api/invites/" + code).json
            #expect(late["valid"] == .bool(false) && late["reason"] == .string("expired"))
            let usual = try await server.http("POST", "/api/invites", "{}", as: anna)
            #expect(usual.json["uses"] == .integer(1))
        }
    }

    @Test("settings: read, changed in part, shown to everybody")
    func settings() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let read = try await server.http("GET", "/api/settings", as: anna)
            #expect(read.json == .object(["signup": .string("open"), "name": .string("Parley")]))
            let named = try await server.http("PUT", "/api/settings", #"{"name":"Büro"}"#, as: anna)
            #expect(named.status == 200)
            #expect(named.json == .object(["signup": .string("open"), "name": .string("Büro")]))
            let closed = try await server.http("PUT", "/api/settings", #"{"signup":"invite"}"#, as: anna)
            #expect(closed.json == .object(["signup": .string("invite"), "name": .string("Büro")]))
            let state = try await server.http("GET", "/api/state")
            #expect(state.json["name"] == .string("Büro"))
            #expect(state.json["signup"] == .string("invite"))
        }
    }

    @Test(
        "values that break a rule",
        arguments: [
            ("POST", "/api/invites", #"{"hours":0}"#), ("POST", "/api/invites", #"{"hours":8761}"#),
            ("POST", "/api/invites", #"{"uses":0}"#), ("POST", "/api/invites", #"{"uses":"1"}"#),
            ("PUT", "/api/settings", #"{"signup":"closed"}"#), ("PUT", "/api/settings", #"{"name":""}"#),
            ("PUT", "/api/settings", "5"),
        ])
    func invalid(_ method: String, _ path: String, _ body: String) async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let answer = try await server.http(method, path, body, as: anna)
            #expect((answer.status, answer.code) == (400, "invalid"))
        }
    }

    @Test(
        "strangers are unauthorized, members forbidden",
        arguments: [
            ("POST", "/api/invites", "{}"), ("GET", "/api/settings", nil), ("PUT", "/api/settings", "{}"),
        ] as [(String, String, String?)])
    func rights(_ method: String, _ path: String, _ body: String?) async throws {
        try await ChatServer.run { server in
            _ = try await server.setUp()
            let ben = try await server.signUp("ben")
            let stranger = try await server.http(method, path, body)
            #expect((stranger.status, stranger.code) == (401, "unauthorized"))
            let member = try await server.http(method, path, body, as: ben)
            #expect((member.status, member.code) == (403, "forbidden"))
            let bearer = try await server.http(
                method, path, body, headers: [("X-Parley", "1"), ("Authorization", "Bearer \(ben.token)")])
            #expect(bearer.status == 403)
            let wrong = try await server.http(
                method, path, body, headers: [("X-Parley", "1"), ("Cookie", "parley_session=zz")])
            #expect(wrong.status == 401)
        }
    }

    @Test("health: live always, ready until the server drains")
    func health() async throws {
        try await ChatServer.run { server in
            for path in ["/health/live", "/health/ready"] {
                let answer = try await server.http("GET", path)
                #expect((answer.status, answer.text) == (200, "ok"))
            }
            server.gateway.beginDraining()
            #expect(try await server.http("GET", "/health/live").status == 200)
            #expect(try await server.http("GET", "/health/ready").status == 503)
        }
    }
}
