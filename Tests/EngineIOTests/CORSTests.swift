internal import EngineIOProtocol
internal import Testing

@testable internal import EngineIO

/// What pages of other origins are told: the `cors` module's options, by default and otherwise.
struct CORSTests {
    private static let open = "EIO=4&transport=polling"
    private static let friend = "Origin: https://friend.example"

    private static func configuration(
        _ origins: OriginPolicy, _ change: (inout CORSOptions) -> Void = { _ in }
    ) -> EngineConfiguration {
        var cors = CORSOptions()
        change(&cors)
        return EngineConfiguration(origins: origins, cors: cors)
    }

    @Test(
        "A function chooses origins",
        arguments: [("https://a.friend.example", 200), ("https://evil.example", 403)])
    func matching(origin: String, status: Int) throws {
        let origins = OriginPolicy.matching {
            $0.wholeMatch(of: /https:\/\/[a-z]+\.friend\.example/) != nil
        }
        try TestServer.run(Self.configuration(origins)) { server in
            let wire = try server.connect()
            wire.get(Self.open, headers: ["Origin: \(origin)"])
            let answer = try #require(wire.answer())
            #expect(answer.status == status)
            #expect(answer.headers["access-control-allow-origin"] == (status == 200 ? origin : nil))
            #expect(answer.headers["vary"] == "Origin")
            let socket = try server.connect()
            socket.upgrade("EIO=4&transport=websocket", headers: ["Origin: \(origin)"])
            #expect(socket.answer()?.status == (status == 200 ? 101 : 400))
        }
    }

    @Test("Every option of a preflight")
    func preflight() throws {
        let configuration = Self.configuration(.list(["https://friend.example"])) {
            $0.methods = ["GET", "POST"]
            $0.allowedHeaders = ["X-One", "X-Two"]
            $0.exposedHeaders = ["X-Three"]
            $0.credentials = false
            $0.maxAge = 600
            $0.optionsSuccessStatus = 200
        }
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            wire.send(
                Wire.request(
                    "OPTIONS", Self.open, headers: [Self.friend, "Access-Control-Request-Headers: x-other"]))
            let answer = try #require(wire.answer())
            #expect(answer.status == 200)
            #expect(answer.headers["access-control-allow-origin"] == "https://friend.example")
            #expect(answer.headers["access-control-allow-methods"] == "GET,POST")
            #expect(answer.headers["access-control-allow-headers"] == "X-One,X-Two")
            #expect(answer.headers["access-control-expose-headers"] == "X-Three")
            #expect(answer.headers["access-control-max-age"] == "600")
            #expect(answer.headers["access-control-allow-credentials"] == nil)
            #expect(answer.headers["vary"] == "Origin")
            wire.get(Self.open, headers: [Self.friend])
            let actual = try #require(wire.answer())
            #expect(actual.headers["access-control-expose-headers"] == "X-Three")
            #expect(actual.headers["access-control-allow-methods"] == nil)
            #expect(actual.headers["access-control-max-age"] == nil)
        }
    }

    @Test("Every origin means the asterisk, and no cookies even when they are asked for")
    func any() throws {
        try TestServer.run(Self.configuration(.any) { $0.credentials = true }) { server in
            let wire = try server.connect()
            for method in ["GET", "OPTIONS"] {
                wire.send(Wire.request(method, Self.open, headers: ["Origin: https://anybody.example"]))
                let answer = try #require(wire.answer())
                #expect(answer.headers["access-control-allow-origin"] == "*")
                #expect(answer.headers["access-control-allow-credentials"] == nil)
            }
            // A preflight of no page is answered as well.
            wire.send(Wire.request("OPTIONS", Self.open))
            #expect(wire.answer()?.status == 204)
        }
    }

    @Test(
        "Wanted headers are echoed only if they are header names", arguments: ["x-a;b", "x<y>", "a\"b", "é"])
    func wantedHeaders(names: String) throws {
        try TestServer.run(Self.configuration(.list(["https://friend.example"]))) { server in
            let wire = try server.connect()
            wire.send(
                Wire.request(
                    "OPTIONS", Self.open, headers: [Self.friend, "Access-Control-Request-Headers: \(names)"]))
            let answer = try #require(wire.answer())
            #expect(answer.status == 204)
            #expect(answer.headers["access-control-allow-headers"] == nil)
        }
    }

    @Test("An answer to a page that is not let in differs by origin, and tells it nothing")
    func refused() throws {
        try TestServer.run(Self.configuration(.list(["https://friend.example"]))) { server in
            let wire = try server.connect()
            for method in ["GET", "OPTIONS"] {
                wire.send(Wire.request(method, Self.open, headers: ["Origin: https://evil.example"]))
                let answer = try #require(wire.answer())
                #expect(answer.headers["vary"]?.hasPrefix("Origin") == true)
                #expect(!answer.headers.keys.contains { $0.hasPrefix("access-control-") })
            }
            wire.get(Self.open)
            #expect(wire.answer()?.headers["vary"] == "Origin")
        }
    }

    @Test("Without foreign origins there is no CORS: OPTIONS opens no session")
    func off() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.send(Wire.request("OPTIONS", Self.open, headers: [Self.friend]))
            #expect(wire.answer()?.status == 403)
            wire.send(Wire.request("OPTIONS", Self.open))
            let answer = try #require(wire.answer())
            #expect(answer.body == #"{"code":2,"message":"Bad handshake method"}"#)
            #expect(answer.headers["vary"] == nil)
        }
    }

    @Test(
        "An Origin with bytes that no origin has is code 3, and not echoed",
        arguments: ["https://\u{E9}", "a\tb"])
    func illegalOrigin(origin: String) throws {
        for origins in [OriginPolicy.any, .sameOrigin, .matching { _ in true }] {
            try TestServer.run(Self.configuration(origins)) { server in
                let wire = try server.connect()
                wire.get(Self.open, headers: ["Origin: \(origin)"])
                let answer = try #require(wire.answer())
                #expect(answer.body == #"{"code":3,"message":"Bad request"}"#)
                let told = answer.headers["access-control-allow-origin"]
                #expect(told == nil || told == "*")
                let socket = try server.connect()
                socket.upgrade("EIO=4&transport=websocket", headers: ["Origin: \(origin)"])
                #expect(socket.answer()?.status == 400)
            }
        }
    }
}
