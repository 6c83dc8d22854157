internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// Every route of the HTTP API before everybody who may come: what each of them gets.
@Suite("Routes and rights", .serialized, .timeLimit(.minutes(5)))
struct RouteMatrixTests {
    /// One route, and the status that each kind of caller gets. A body and ids that exist are filled in.
    struct Row: Sendable {
        let method: String
        let path: String
        let body: String?
        let nobody: Int
        let member: Int
        let admin: Int

        init(
            _ method: String, _ path: String, _ body: String?, _ nobody: Int, _ member: Int, _ admin: Int
        ) {
            (self.method, self.path, self.body) = (method, path, body)
            (self.nobody, self.member, self.admin) = (nobody, member, admin)
        }

        init(_ method: String, _ path: String, _ nobody: Int, _ member: Int, _ admin: Int) {
            self.init(method, path, nil, nobody, member, admin)
        }

        /// Accepting an invitation has a body only because pages send one; files may be large.
        var readsBody: Bool {
            body != nil && !path.hasSuffix("/accept") && !path.hasPrefix("/api/uploads/")
                && path != "/api/me/avatar"
        }
    }

    private static let unknownInvite = "inv_aaaaaaaaaaaaaaaaaaaaaaaaaa"
    private static let unknownSession = "ses_aaaaaaaaaaaaaaaaaaaaaaaaaa"
    private static let unknownRoom = "cnv_aaaaaaaaaaaaaaaaaaaaaaaaaa"
    private static let unknownCode = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

    /// 404 stands for "allowed, but there is no such thing": a change that was let through to its rule.
    static let rows: [Row] = [
        Row("GET", "/api/state", 200, 200, 200),
        Row(
            "POST", "/api/setup", #"{"username":"x1","name":"X","password":"horse battery 9"}"#, 409, 409, 409
        ),
        Row("POST", "/api/signup", "{}", 400, 400, 400),
        Row("POST", "/api/signin", #"{"username":"x1","password":"horse battery 9"}"#, 401, 401, 401),
        Row("GET", "/api/invites/\(unknownCode)", 200, 200, 200),
        Row("POST", "/api/invites/\(unknownCode)/accept", "{}", 401, 403, 403),
        Row("POST", "/api/invites", "{}", 401, 403, 201),
        Row("GET", "/api/reset/\(unknownCode)", 200, 200, 200),
        Row(
            "POST", "/api/reset", #"{"code":"\#(unknownCode)","password":"horse battery 9"}"#, 404, 404, 404),
        Row("GET", "/api/me", 401, 200, 200),
        Row("PUT", "/api/uploads/00000000-0000-4000-8000-000000000001", "{}", 401, 201, 201),
        Row("PUT", "/api/uploads/00000000-0000-4000-8000-000000000002/thumb", "{}", 401, 404, 404),
        Row("PUT", "/api/me/avatar", "{}", 401, 415, 415),
        Row("DELETE", "/api/me/avatar", 401, 200, 200),
        Row("GET", "/files/fil_aaaaaaaaaaaaaaaaaaaaaaaaaa", 401, 404, 404),
        Row("GET", "/files/fil_aaaaaaaaaaaaaaaaaaaaaaaaaa/thumb", 401, 404, 404),
        Row("PATCH", "/api/me", "{}", 401, 200, 200),
        Row("POST", "/api/me/password", #"{"current":"wrong","password":"horse battery 8"}"#, 401, 401, 401),
        Row("GET", "/api/me/sessions", 401, 200, 200),
        Row("DELETE", "/api/me/sessions", 401, 204, 204),
        Row("DELETE", "/api/me/sessions/\(unknownSession)", 401, 404, 404),
        Row("POST", "/api/me/totp", #"{"password":"horse battery 9"}"#, 401, 200, 200),
        Row("POST", "/api/me/totp/confirm", #"{"code":"0"}"#, 401, 404, 404),
        Row("POST", "/api/me/totp/recovery", #"{"password":"horse battery 9","code":"0"}"#, 401, 404, 404),
        Row("DELETE", "/api/me/totp", #"{"password":"horse battery 9","code":"0"}"#, 401, 404, 404),
        Row("GET", "/api/settings", 401, 403, 200),
        Row("PUT", "/api/settings", "{}", 401, 403, 200),
        Row("GET", "/api/admin/settings", 401, 403, 200),
        Row("PUT", "/api/admin/settings", "{}", 401, 403, 200),
        Row("GET", "/api/admin/health", 401, 403, 200),
        Row("GET", "/api/admin/audit", 401, 403, 200),
        Row("GET", "/api/admin/invites", 401, 403, 200),
        Row("DELETE", "/api/admin/invites/\(unknownInvite)", 401, 403, 404),
        Row("GET", "/api/admin/people", 401, 403, 200),
        Row("POST", "/api/admin/people", #"{"username":"new-one","name":"N"}"#, 401, 403, 201),
        Row("PATCH", "/api/admin/people/OTHER", #"{"name":"Other"}"#, 401, 403, 200),
        Row("POST", "/api/admin/people/OTHER/reset", 401, 403, 200),
        Row("POST", "/api/admin/people/OTHER/totp/off", 401, 403, 404),
        Row("GET", "/api/admin/people/OTHER/sessions", 401, 403, 200),
        Row("DELETE", "/api/admin/people/OTHER/sessions", 401, 403, 204),
        Row("DELETE", "/api/admin/people/OTHER/sessions/\(unknownSession)", 401, 403, 404),
        Row("GET", "/api/admin/rooms", 401, 403, 200),
        Row(
            "POST", "/api/admin/rooms/cnv_aaaaaaaaaaaaaaaaaaaaaaaaaa/archive", #"{"on":true}"#, 401, 403, 404),
        Row("DELETE", "/api/conversations/\(unknownRoom)", #"{"name":"Room"}"#, 401, 404, 404),
        Row("GET", "/api/push", 401, 200, 200),
        Row(
            "POST", "/api/push", #"{"endpoint":"https://push.example/1","keys":{"p256dh":"","auth":""}}"#,
            401, 400, 400),
        Row("DELETE", "/api/push", #"{"endpoint":"https://push.example/1"}"#, 401, 204, 204),
        Row("POST", "/api/push/test", 401, 204, 204),
        Row("GET", "/api/admin/bots", 401, 403, 200),
        Row("POST", "/api/admin/bots", #"{"username":"new-bot","name":"N"}"#, 401, 403, 201),
        Row("PATCH", "/api/admin/bots/OTHER", "{}", 401, 403, 404),
        Row("POST", "/api/admin/bots/OTHER/token", 401, 403, 404),
        Row("DELETE", "/api/admin/bots/OTHER/token", 401, 403, 404),
        Row("GET", "/api/conversations/\(unknownRoom)/hooks", 401, 404, 404),
        Row("POST", "/api/conversations/\(unknownRoom)/hooks", #"{"kind":"in","name":"N"}"#, 401, 404, 404),
        Row(
            "DELETE", "/api/conversations/\(unknownRoom)/hooks/hok_aaaaaaaaaaaaaaaaaaaaaaaaaa", 401, 404, 404),
        Row("POST", "/api/signout", 204, 204, 204),
    ]

    /// People of a server, fresh ones for each cell: what one cell does must not change the next.
    private struct Cast {
        let server: ChatServer
        let founder: Person
        let other: Person
        let banned: Person

        init(_ server: ChatServer) async throws {
            self.server = server
            founder = try await server.setUp()
            other = try await server.signUp("other")
            banned = try await server.signUp("banned")
            try await change(banned) { $0.state = .banned }
        }

        func member(_ number: Int) async throws -> Person { try await server.signUp("member\(number)") }

        func admin(_ number: Int) async throws -> Person {
            let person = try await server.signUp("admin\(number)")
            try await change(person) { $0.role = .admin }
            return person
        }

        private func change(_ person: Person, _ make: (inout PersonChange) -> Void) async throws {
            var change = PersonChange()
            make(&change)
            _ = try await server.chat.changePerson(
                #require(UserID(person.id)), change, by: Actor(UserID(founder.id), from: .local))
        }
    }

    @Test("each cell: nobody, a member, an administrator, and somebody banned, who is nobody")
    func cells() async throws {
        try await ChatServer.run { server in
            let cast = try await Cast(server)
            for (number, row) in Self.rows.enumerated() {
                let path = row.path.replacing("OTHER", with: cast.other.id)
                let callers = [
                    ("nobody", nil, row.nobody), ("banned", cast.banned, row.nobody),
                    ("member", try await cast.member(number), row.member),
                    ("admin", try await cast.admin(number), row.admin),
                ]
                for (name, person, expected) in callers {
                    let status = try await server.http(row.method, path, row.body, as: person).status
                    #expect(status == expected, "\(row.method) \(path) by \(name)")
                }
            }
        }
    }

    @Test("no route that changes something takes it from a foreign page, nor a body of more than 64 kB")
    func foreignPagesAndLargeBodies() async throws {
        try await ChatServer.run { server in
            let cast = try await Cast(server)
            let large = #"{"name":"\#(String(repeating: "x", count: 70_000))"}"#
            for row in Self.rows where row.method != "GET" {
                let path = row.path.replacing("OTHER", with: cast.other.id)
                for headers in [
                    [], [("X-Parley", "1"), ("Origin", "https://evil.example")],
                ] as [[(String, String)]] {
                    let answer = try await server.http(
                        row.method, path, row.body, as: cast.founder, headers: headers)
                    #expect((answer.status, answer.code) == (403, "forbidden"), "\(row.method) \(path)")
                }
                guard row.readsBody else { continue }
                let answer = try await server.http(row.method, path, large, as: cast.founder)
                #expect((answer.status, answer.code) == (400, "invalid"), "\(row.method) \(path)")
            }
        }
    }
}
