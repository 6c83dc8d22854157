internal import EngineIOProtocol
internal import SocketIO
internal import Testing

/// What keeps other sites' pages from acting for a person, and what the answers tell the browser.
@Suite("Guards of HTTP", .timeLimit(.minutes(5)))
struct ChangeGuardTests {
    static let changes: [(String, String)] = [
        ("POST", "/api/setup"), ("POST", "/api/signup"), ("POST", "/api/signin"), ("POST", "/api/signout"),
        ("POST", "/api/invites"), ("PUT", "/api/settings"),
    ]

    @Test(
        "a change without X-Parley, or from a foreign origin, is forbidden and not done", arguments: changes)
    func refused(_ method: String, _ path: String) async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let cases: [[(String, String)]] = [
                [], [("Origin", "http://127.0.0.1:\(server.port)")],
                [("X-Parley", "1"), ("Origin", "https://evil.example")],
                [("X-Parley", "1"), ("Origin", "null")],
                [("X-Parley", "1"), ("Origin", "http://127.0.0.1:1")],
            ]
            for headers in cases {
                let answer = try await server.http(method, path, "{}", as: anna, headers: headers)
                #expect((answer.status, answer.code) == (403, "forbidden"), "\(headers)")
                #expect(answer["set-cookie"] == nil)
                #expect(answer["access-control-allow-origin"] == nil)
            }
            // The session still stands.
            #expect(try await server.http("GET", "/api/settings", as: anna).status == 200)
        }
    }

    @Test("the own page and, where configured, listed pages may change things")
    func allowed() async throws {
        try await ChatServer.run(origins: .list(["https://chat.example"])) { server in
            let anna = try await server.setUp()
            for origin in ["http://127.0.0.1:\(server.port)", "https://chat.example"] {
                let answer = try await server.http(
                    "PUT", "/api/settings", #"{"name":"N"}"#, as: anna,
                    headers: [("X-Parley", "1"), ("Origin", origin)])
                #expect(answer.status == 200)
            }
            let foreign = try await server.http(
                "PUT", "/api/settings", "{}", as: anna,
                headers: [("X-Parley", "1"), ("Origin", "https://chat.example.evil")])
            #expect(foreign.status == 403)
        }
    }

    @Test("reading needs no header")
    func reading() async throws {
        try await ChatServer.run { server in
            let answer = try await server.http(
                "GET", "/api/state", headers: [("Origin", "https://evil.example")])
            #expect(answer.status == 200)
            #expect(answer["access-control-allow-origin"] == nil)
        }
    }

    @Test(
        "every answer carries the security headers, refusals and unknown paths too",
        arguments: [
            ("GET", "/"), ("GET", "/api/state"), ("POST", "/api/signin"), ("GET", "/nothing.js"),
            ("POST", "/api/nothing"), ("POST", "/nothing"), ("DELETE", "/"), ("GET", "/health/live"),
            ("GET", "/assets/app-1a2b.js"), ("HEAD", "/"),
        ])
    func securityHeaders(_ method: String, _ path: String) async throws {
        try await ChatServer.run { server in
            let answer = try await server.http(method, path)
            let policy = answer["content-security-policy"] ?? ""
            for part in [
                "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
            ] {
                #expect(policy.contains(part))
            }
            #expect(!policy.contains("unsafe"))
            #expect(answer["x-content-type-options"] == "nosniff")
            #expect(answer["referrer-policy"] == "same-origin")
            #expect(answer["cross-origin-opener-policy"] == "same-origin")
            #expect(answer["cross-origin-resource-policy"] == "same-origin")
            #expect(answer["permissions-policy"]?.contains("camera=()") == true)
        }
    }
}
