internal import ChatDomain
internal import ChatService
internal import SocketIO
internal import Testing

/// Setting up, signing up, in and out over HTTP.
@Suite("Routes of accounts", .timeLimit(.minutes(5)))
struct AccountRouteTests {
    private let anna = #"{"username":"Anna","name":"Anna A","password":"horse battery 9"}"#

    @Test("the first account: state before and after, cookie, and only once")
    func setUp() async throws {
        try await ChatServer.run { server in
            let before = try await server.http("GET", "/api/state")
            #expect(before.status == 200)
            #expect(before["content-type"] == "application/json; charset=utf-8")
            #expect(before["cache-control"] == "no-store")
            guard case .object(var fields) = before.json else {
                Issue.record("no object")
                return
            }
            #expect(fields.removeValue(forKey: "push")?.string?.isEmpty == false)
            #expect(
                .object(fields)
                    == JSONValue.object([
                        "setup": .bool(true), "signup": .string("invite"), "name": .string("Parley"),
                        "locale": .string("en"), "version": .string("0.1.0"), "previews": .bool(true),
                        "search": .bool(true),
                        "bots": .bool(true),
                        "uploads": .object(["max": .integer(50 << 20)]),
                    ]))

            let made = try await server.http("POST", "/api/setup", anna)
            #expect(made.status == 201)
            let me = try #require(made.json["me"])
            #expect(
                me.keys == ["u", "username", "name", "role", "admin", "prefs", "totp", "created"])
            #expect(me["role"] == .string("admin") && me["totp"] == .bool(false))
            #expect(me["username"] == .string("anna") && me["name"] == .string("Anna A"))
            #expect(me["admin"] == .bool(true))
            #expect(me["u"]?.string?.hasPrefix("usr_") == true && me["u"]?.string?.count == 30)

            let cookie = try #require(made["set-cookie"])
            let parts = cookie.split(separator: ";").map { $0.drop { $0 == " " } }
            #expect(Set(parts.dropFirst()) == ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=15552000"])
            let headers = [("Cookie", "other=1; " + String(parts[0]))]
            let after = try await server.http("GET", "/api/state", headers: headers)
            #expect(after.json["setup"] == .bool(false))
            #expect(after.json["me"] == me)

            let again = try await server.http("POST", "/api/setup", anna)
            #expect((again.status, again.code) == (409, "already_set_up"))
            #expect(again["set-cookie"] == nil)
        }
    }

    @Test("behind TLS the cookie insists on it, also when it is taken away")
    func secureCookie() async throws {
        try await ChatServer.run(usesTLS: true) { server in
            let made = try await server.http("POST", "/api/setup", anna)
            #expect(made["set-cookie"]?.hasSuffix("; Secure") == true)
            let out = try await server.http("POST", "/api/signout")
            #expect(out["set-cookie"]?.hasSuffix("; Secure") == true)
        }
    }

    @Test("sign-up by invitation: required, invalid, used up; open: anybody; names are taken without case")
    func signUp() async throws {
        try await ChatServer.run { server in
            let admin = try await server.setUp()
            _ = try await server.http("PUT", "/api/settings", #"{"signup":"invite"}"#, as: admin)
            let ben = #"{"username":"ben","name":"Ben","password":"horse battery 9""#
            let required = try await server.http("POST", "/api/signup", ben + "}")
            #expect((required.status, required.code) == (403, "invite_required"))
            for code in ["wrong", "aaaaaaaaaaaaaaaaaaaaaaaaaa"] {
                let invalid = try await server.http("POST", "/api/signup", ben + #","invite":"\#(code)"}"#)
                #expect((invalid.status, invalid.code) == (403, "invite_invalid"))
            }
            let invite = try await server.http("POST", "/api/invites", #"{"hours":2,"uses":1}"#, as: admin)
            let code = try #require(invite.json["code"]?.string)
            let joined = try await server.http("POST", "/api/signup", ben + #","invite":"\#(code)"}"#)
            #expect(joined.status == 201)
            #expect(joined.json["me"]?["admin"] == .bool(false))
            #expect(joined["set-cookie"] != nil)
            let used = try await server.http(
                "POST", "/api/signup",
                #"{"username":"cid","name":"Cid","password":"horse battery 9","invite":"\#(code)"}"#)
            #expect((used.status, used.code) == (403, "invite_invalid"))

            _ = try await server.http("PUT", "/api/settings", #"{"signup":"open"}"#, as: admin)
            let taken = try await server.http(
                "POST", "/api/signup", #"{"username":"BEN","name":"Ben 2","password":"horse battery 9"}"#)
            #expect((taken.status, taken.code) == (409, "username_taken"))
            let open = try await server.http(
                "POST", "/api/signup", #"{"username":"dora","name":"Dora","password":"horse battery 9"}"#)
            #expect(open.status == 201)
        }
    }

    @Test(
        "a value that breaks a rule is refused with the name of its field",
        arguments: [
            ("username", "a", "Anna", "horse battery 9"), ("username", ".anna", "Anna", "horse battery 9"),
            ("username", "an na", "Anna", "horse battery 9"), ("name", "anna", "", "horse battery 9"),
            ("name", "anna", String(repeating: "n", count: 65), "horse battery 9"),
            ("password", "anna", "Anna", "short"), ("password", "anna", "Anna", "password123"),
        ])
    func invalid(_ field: String, _ username: String, _ name: String, _ password: String) async throws {
        try await ChatServer.run { server in
            for route in ["/api/setup", "/api/signup"] {
                let answer = try await server.http(
                    "POST", route, #"{"username":"\#(username)","name":"\#(name)","password":"\#(password)"}"#
                )
                #expect((answer.status, answer.code) == (400, "invalid"))
                #expect(answer.json["error"]?["message"]?.string?.lowercased().contains(field) == true)
                #expect(answer.json["error"]?["retryable"] == .bool(false))
            }
        }
    }

    @Test(
        "a body that is not the documented object is refused",
        arguments: ["", "{", "[]", "{}", #"{"username":1}"#])
    func malformed(_ body: String) async throws {
        try await ChatServer.run { server in
            for route in ["/api/setup", "/api/signup", "/api/signin"] {
                let answer = try await server.http("POST", route, body)
                #expect((answer.status, answer.code) == (400, "invalid"))
            }
        }
    }

    @Test("a body over 64 KiB is refused")
    func tooLarge() async throws {
        try await ChatServer.run { server in
            let body =
                #"{"username":"anna","name":"\#(String(repeating: "n", count: 70_000))","password":"x"}"#
            let answer = try await server.http("POST", "/api/setup", body)
            #expect((answer.status, answer.code) == (400, "invalid"))
        }
    }

    @Test("signing in: right, wrong, unknown and impossible are told apart by nothing but success")
    func signIn() async throws {
        try await ChatServer.run { server in
            _ = try await server.setUp()
            let right = try await server.http(
                "POST", "/api/signin", #"{"username":"ANNA","password":"horse battery 9"}"#)
            #expect(right.status == 200)
            #expect(right.json["me"]?["name"] == .string("Anna"))
            #expect(right["set-cookie"]?.hasPrefix("parley_session=") == true)
            var bodies: Set<String> = []
            for (username, password) in [
                ("anna", "horse battery 8"), ("nobody", "horse battery 9"), ("!", "x"),
            ] {
                let wrong = try await server.http(
                    "POST", "/api/signin", #"{"username":"\#(username)","password":"\#(password)"}"#)
                #expect((wrong.status, wrong.code) == (401, "credentials"))
                #expect(wrong["set-cookie"] == nil)
                bodies.insert("\(wrong.json["error"]?["message"]?.string ?? "")")
            }
            #expect(bodies.count == 1)
        }
    }

    @Test("too many wrong passwords: 429, and when to come back")
    func rate() async throws {
        let limits = RateLimits(attemptsPerAccount: Rate(perSecond: 0.1, burst: 2))
        try await ChatServer.run(limits: limits) { server in
            _ = try await server.setUp()
            let body = #"{"username":"anna","password":"horse battery 8"}"#
            for _ in 0..<2 { #expect(try await server.http("POST", "/api/signin", body).status == 401) }
            let refused = try await server.http("POST", "/api/signin", body)
            #expect((refused.status, refused.code) == (429, "rate"))
            #expect(refused.json["error"]?["retryable"] == .bool(true))
            let after = try #require(refused.json["error"]?["after"]?.integer)
            #expect(after > 0 && after <= 10_000)
            #expect(refused["retry-after"] == String((after + 999) / 1_000))
        }
    }

    @Test("signing out: 204, the cookie goes, the session is over; without one it is 204 too")
    func signOut() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            let out = try await server.http("POST", "/api/signout", as: anna)
            #expect(out.status == 204)
            #expect(out.body.isEmpty)
            #expect(out["set-cookie"] == "parley_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
            let state = try await server.http("GET", "/api/state", as: anna)
            #expect(state.status == 200)
            #expect(state.json["me"] == nil)
            #expect(try await server.http("GET", "/api/settings", as: anna).status == 401)
            #expect(try await server.http("POST", "/api/signout", as: anna).status == 204)
            #expect(try await server.http("POST", "/api/signout").status == 204)
        }
    }

    @Test("a session ends by itself when it is not used for a month")
    func expiry() async throws {
        try await ChatServer.run { server in
            let anna = try await server.setUp()
            server.clock.advance(days: 29)
            #expect(try await server.http("GET", "/api/settings", as: anna).status == 200)
            server.clock.advance(days: 31)
            let late = try await server.http("GET", "/api/settings", as: anna)
            #expect((late.status, late.code) == (401, "unauthorized"))
        }
    }
}
