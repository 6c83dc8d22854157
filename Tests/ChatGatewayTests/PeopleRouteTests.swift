internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// Devices, profiles and people over HTTP, and what sockets see of it.
@Suite("Routes of people", .timeLimit(.minutes(5)))
struct PeopleRouteTests {
    /// Makes the change and waits until the server has closed the socket. How soon that is, `system/test_access.py`
    /// measures: here many tests share the machine.
    private func closes(_ client: ChatClient, after change: () async throws -> Void) async throws {
        try await change()
        _ = try await client.end()
    }

    @Test("a revoked session's sockets close; the others stay")
    func revoked() async throws {
        try await ChatServer.run { server in
            _ = try await server.setUp()
            let ben = try await server.signUp("ben")
            let phone = Person(
                try await server.chat.signIn(
                    username: Username("ben"), password: Password(ChatServer.password),
                    from: RequestSource(ip: "192.0.2.1", agent: "Mozilla/5.0 (Android) Firefox/128.0")))
            let (here, there) = (try await server.connect(ben), try await server.connect(phone))
            let listed = try await server.http("GET", "/api/me/sessions", as: ben)
            let sessions = listed.json["sessions"]?.elements ?? []
            #expect(sessions.count == 2)
            let other = try #require(sessions.first { $0["current"] == .bool(false) })
            #expect(other["device"] == .string("Firefox on Android") && other["ip"] == .string("192.0.2.1"))
            let id = try #require(other["id"]?.string)
            try await closes(there) {
                let answer = try await server.http("DELETE", "/api/me/sessions/\(id)", as: ben)
                #expect(answer.status == 204)
            }
            #expect(try await here.heard() == [])
            let gone = try await server.http("DELETE", "/api/me/sessions/\(id)", as: ben)
            #expect((gone.status, gone.code) == (404, "not_found"))
            #expect(try await server.http("GET", "/api/me", as: phone).status == 401)
            await here.close()
        }
    }

    @Test("a new password closes the sockets of other devices")
    func password() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let other = Person(
                try await server.chat.signIn(
                    username: Username("anna"), password: Password(ChatServer.password), from: .local))
            let client = try await server.connect(other)
            let wrong = try await server.http(
                "POST", "/api/me/password", #"{"current":"x","password":"correct horse 11"}"#, as: anna)
            #expect((wrong.status, wrong.code) == (401, "credentials"))
            try await closes(client) {
                let body = #"{"current":"\#(ChatServer.password)","password":"correct horse 11"}"#
                let answer = try await server.http("POST", "/api/me/password", body, as: anna)
                #expect(answer.status == 204)
            }
            #expect(try await server.http("GET", "/api/me", as: anna).status == 200)
        }
    }

    @Test(
        "a banned or deactivated person's sockets close",
        arguments: ["banned", "deactivated"])
    func closed(state: String) async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let ben = try await server.signUp("ben")
            let client = try await server.connect(ben)
            try await closes(client) {
                let answer = try await server.http(
                    "PATCH", "/api/admin/people/\(ben.id)", #"{"state":"\#(state)"}"#, as: anna)
                #expect(answer.status == 200)
                #expect(answer.json["state"] == .string(state))
            }
            #expect(try await server.http("GET", "/api/me", as: ben).status == 401)
            let refused = try await ChatClient.open(port: server.port)
            #expect(
                try await refused.connect(auth: "{\"token\":\"\(ben.token)\"}").contains("unauthorized"))
            await refused.close()
            let again = try await server.http(
                "POST", "/api/signin", #"{"username":"ben","password":"\#(ChatServer.password)"}"#)
            #expect((again.status, again.code) == (403, state))
        }
    }

    @Test("an expired session's sockets are closed when its time is over")
    func expired() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let client = try await server.connect(anna)
            #expect(try await server.chat.endExpiredSessions() != nil)
            server.clock.advance(days: 30)
            try await closes(client) {
                let next = try await server.chat.endExpiredSessions()
                #expect(next == nil)
            }
        }
    }

    @Test("what a socket does counts as a use of its session")
    func socketsAreUses() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let client = try await server.connect(anna)
            server.clock.advance(days: 29)
            _ = try await client.done("sync", "{}")
            let listed = try await server.chat.listSessions(of: #require(UserID(anna.id)))
            #expect(listed.map(\.seenAt) == [server.clock.now()])
            await client.close()
        }
    }

    @Test("one's own profile: read, changed in part, told to others")
    func profile() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let ben = try await server.signUp("ben")
            let (first, second) = (try await server.connect(anna), try await server.connect(ben))
            _ = try await first.done("dm", #"{"u":"\#(ben.id)"}"#)
            _ = try await second.next("conv")
            let body = #"{"name":"Ben B","status":"out","locale":"de-CH","prefs":{"theme":"dark","n":[1,2]}}"#
            let changed = try await server.http("PATCH", "/api/me", body, as: ben)
            #expect(changed.status == 200)
            let me = try #require(changed.json["me"])
            #expect(me["name"] == .string("Ben B") && me["status"] == .string("out"))
            #expect(me["locale"] == .string("de-CH"))
            #expect(me["prefs"]?["theme"] == .string("dark"))
            for client in [first, second] {
                let user = try await client.next("user")["user"]
                #expect(user?["u"] == .string(ben.id) && user?["name"] == .string("Ben B"))
            }
            #expect(try await server.http("GET", "/api/me", as: ben).json["me"] == me)
            #expect(try await server.http("GET", "/api/state", as: ben).json["me"] == me)
            let again = try await server.connect(ben)
            #expect(await again.hello["me"] == me)
            for wrong in [
                #"{"name":""}"#, #"{"locale":"x"}"#, #"{"prefs":[]}"#,
                #"{"prefs":{"a":"\#(String(repeating: "x", count: 8_200))"}}"#,
                #"{"status":"\#(String(repeating: "x", count: 101))"}"#,
            ] {
                let answer = try await server.http("PATCH", "/api/me", wrong, as: ben)
                #expect((answer.status, answer.code) == (400, "invalid"))
            }
            for client in [first, second, again] { await client.close() }
        }
    }

    @Test("an authenticator over HTTP: set up, asked for at the sign-in, recovery")
    func totp() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let made = try await server.http(
                "POST", "/api/me/totp", #"{"password":"\#(ChatServer.password)"}"#, as: anna)
            #expect(made.json.keys == ["secret", "uri"])
            let wrong = try await server.http(
                "POST", "/api/me/totp/confirm", #"{"code":"abc"}"#, as: anna)
            #expect((wrong.status, wrong.code) == (401, "totp"))
            let off = try await server.http(
                "DELETE", "/api/me/totp", #"{"password":"\#(ChatServer.password)","code":"1"}"#, as: anna)
            #expect((off.status, off.code) == (404, "not_found"))
        }
    }

    @Test("people: made with a link, renamed, promoted, reset, signed out; the last admin stays")
    func administration() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let made = try await server.http(
                "POST", "/api/admin/people", #"{"username":"dora","name":"Dora"}"#, as: anna)
            #expect(made.status == 201)
            let link = try #require(made.json["url"]?.string)
            let code = link.dropFirst("/reset/".count)
            #expect(
                try await server.http("GET", "/api/reset/\(code)").json
                    == .object(["valid": .bool(true), "username": .string("dora")]))
            let set = try await server.http(
                "POST", "/api/reset", #"{"code":"\#(code)","password":"correct horse 11"}"#)
            #expect(set.status == 204)
            #expect(try await server.http("GET", "/api/reset/\(code)").json["valid"] == .bool(false))
            let signedIn = try await server.http(
                "POST", "/api/signin", #"{"username":"dora","password":"correct horse 11"}"#)
            #expect(signedIn.status == 200)
            let dora = try #require(signedIn.json["me"]?["u"]?.string)
            let last = try await server.http(
                "PATCH", "/api/admin/people/\(anna.id)", #"{"role":"member"}"#, as: anna)
            #expect((last.status, last.code) == (409, "last_admin"))
            let promoted = try await server.http(
                "PATCH", "/api/admin/people/\(dora)", #"{"role":"admin","name":"Dora D"}"#, as: anna)
            #expect(promoted.json["role"] == .string("admin") && promoted.json["sessions"] == .integer(1))
            let list = try await server.http("GET", "/api/admin/people?q=dora&limit=1", as: anna)
            #expect(list.json["people"]?[0]?["name"] == .string("Dora D"))
            #expect(list.json["next"] == .string(dora))
            let ended = try await server.http("DELETE", "/api/admin/people/\(dora)/sessions", as: anna)
            #expect(ended.status == 204)
            #expect(
                try await server.http("GET", "/api/admin/people/\(dora)/sessions", as: anna).json["sessions"]
                    == .array([]))
            let log = try await server.http("GET", "/api/admin/audit?action=role", as: anna)
            #expect(
                log.json["entries"]?[0]?["data"]
                    == .object(["from": .string("member"), "to": .string("admin")]))
            #expect(log.json["entries"]?[0]?["actor"]?["u"] == .string(anna.id))
        }
    }

    @Test("rooms: listed without being in them, archived, told to the members")
    func rooms() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let ben = try await server.signUp("ben")
            let client = try await server.connect(ben)
            let made = try await client.done("room.create", #"{"name":"Lab","public":false}"#)
            let c = try #require(made["conv"]?["c"]?.string)
            let listed = try await server.http("GET", "/api/admin/rooms?q=la", as: anna)
            let room = try #require(listed.json["rooms"]?[0])
            #expect(room["c"] == .string(c) && room["kind"] == .string("private"))
            #expect(room["members"] == .integer(1) && room["messages"] == .integer(1))
            #expect(room["owner"]?["u"] == .string(ben.id) && room["archived"] == nil)
            let path = "/api/admin/rooms/\(c)/archive"
            #expect(try await server.http("POST", path, #"{"on":true}"#, as: anna).status == 204)
            #expect(try await server.http("POST", path, #"{"on":true}"#, as: anna).status == 204)
            while try await client.next("conv")["conv"]?["archived"] != .bool(true) {}
            let cid = "00000000-0000-4000-8000-000000000001"
            let refused = try await client.refused(
                "send", #"{"c":"\#(c)","cid":"\#(cid)","body":"hi"}"#)
            #expect(refused == "archived")
            let again = try await server.http("GET", "/api/admin/rooms", as: anna)
            #expect(again.json["rooms"]?[0]?["archived"] == .bool(true))
            let log = try await server.http("GET", "/api/admin/audit?action=room.archive", as: anna)
            #expect(log.json["entries"]?.elements.count == 1)
            await client.close()
        }
    }

    @Test("settings and health for administrators")
    func settings() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let changed = try await server.http(
                "PUT", "/api/admin/settings",
                #"{"locale":"de","uploadMax":1000,"previews":false,"editMinutes":5}"#,
                as: anna)
            #expect(
                changed.json
                    == .object([
                        "name": .string("Parley"), "signup": .string("open"), "locale": .string("de"),
                        "uploadMax": .integer(1_000), "previews": .bool(false), "editMinutes": .integer(5),
                    ]))
            #expect(try await server.http("GET", "/api/admin/settings", as: anna).json == changed.json)
            let endless = try await server.http(
                "PUT", "/api/admin/settings", #"{"editMinutes":null}"#, as: anna)
            #expect(endless.json["editMinutes"] == nil && endless.json["locale"] == .string("de"))
            let refused = try await server.http(
                "PUT", "/api/admin/settings", #"{"retentionDays":-1}"#, as: anna)
            #expect((refused.status, refused.code) == (400, "invalid"))
            let client = try await server.connect(anna)
            let health = try await server.http("GET", "/api/admin/health", as: anna).json
            #expect(health["online"] == .integer(1) && health["sockets"] == .integer(1))
            #expect(health["people"] == .integer(1) && (health["dbBytes"]?.integer ?? 0) > 4_096)
            #expect((health["rss"]?.integer ?? 0) > 1 << 20)
            // What a rule refuses is a transaction too, which keeps nothing.
            for name in ["commits", "writes", "largestBatch"] { #expect((health[name]?.integer ?? 0) > 0) }
            await client.close()
        }
    }
}
