internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import NIOEmbedded
internal import NIOPosix
internal import Testing

@testable internal import EngineIO

/// Options that a server cannot run with are found when it starts; the others mean what they say.
struct EngineConfigurationTests {
    static let rows: [(String, @Sendable (inout EngineConfiguration) -> Void)] = [
        ("path", { $0.path = "socket.io" }), ("path", { $0.path = "" }), ("path", { $0.path = "/a b" }),
        ("path", { $0.path = "/a\r\n" }), ("path", { $0.path = "/a?b" }), ("path", { $0.path = "/é" }),
        ("maxPayload", { $0.maxPayload = 0 }), ("maxOutboxBytes", { $0.maxOutboxBytes = -1 }),
        ("maxPacketsPerPayload", { $0.maxPacketsPerPayload = 0 }),
        ("maxOutboxPackets", { $0.maxOutboxPackets = 0 }),
        ("initialPacket", { $0.initialPacket = .text([]) }),
        ("initialPacket", { $0.initialPacket = .text(Array("2".utf8)) }),
        ("hooks.timeout", { $0.hooks.timeout = .zero }),
        ("cookie.name", { $0.cookie = cookie { $0.name = "" } }),
        ("cookie.name", { $0.cookie = cookie { $0.name = "a;b" } }),
        ("cookie.name", { $0.cookie = cookie { $0.name = "a=b" } }),
        ("cookie.name", { $0.cookie = cookie { $0.name = "a\r\nX: 1" } }),
        ("cookie.path", { $0.cookie = cookie { $0.path = "/; Domain=evil.example" } }),
        ("cookie.path", { $0.cookie = cookie { $0.path = "/\n" } }),
        ("cookie.domain", { $0.cookie = cookie { $0.domain = "a;b" } }),
        ("cookie.domain", { $0.cookie = cookie { $0.domain = "a\rb" } }),
        ("cookie.domain", { $0.cookie = cookie { $0.domain = "é.example" } }),
        ("cookie.maxAge", { $0.cookie = cookie { $0.maxAge = -1 } }),
        ("cookie.sameSite", { $0.cookie = cookie { $0.sameSite = HandshakeCookie.SameSite.none } }),
        ("cors.methods", { $0.cors.methods = ["GET", "A B"] }),
        ("cors", { $0.cors.allowedHeaders = ["x\r\ny"] }), ("cors", { $0.cors.exposedHeaders = [""] }),
        ("cors.maxAge", { $0.cors.maxAge = -1 }),
        ("cors.optionsSuccessStatus", { $0.cors.optionsSuccessStatus = 404 }),
        ("admission.maxSessions", { $0.admission.maxSessions = -1 }),
        ("admission.maxHandshakesPerSecond", { $0.admission.maxHandshakesPerSecond = .max }),
        ("admission.retryAfter", { $0.admission.retryAfter = -1 }),
    ]

    private static func cookie(_ change: (inout HandshakeCookie) -> Void) -> HandshakeCookie {
        var cookie = HandshakeCookie()
        change(&cookie)
        return cookie
    }

    @Test("A wrong option is named when the listener starts", arguments: 0..<rows.count)
    func wrong(row: Int) async throws {
        let (option, change) = Self.rows[row]
        var configuration = EngineConfiguration()
        change(&configuration)
        let group = MultiThreadedEventLoopGroup.singleton
        let error = await #expect(throws: EngineConfigurationError.self) {
            _ = try await EngineListener.bind(
                host: "127.0.0.1", port: 0, group: group, loops: EngineListener.Loops(group: group),
                engines: [EngineServer(configuration: configuration, application: RecordingApplication())],
                logger: Logger(label: "test"))
        }
        #expect(error?.option == option)
        #expect(error?.description.hasPrefix(option + " ") == true)
    }

    @Test("The defaults are no mistake")
    func defaults() throws {
        var configuration = EngineConfiguration()
        configuration.cookie = HandshakeCookie()
        try configuration.validate()
    }

    @Test("The cookie comes with a polling handshake and with nothing else")
    func cookieOnce() throws {
        var configuration = EngineConfiguration()
        configuration.cookie = HandshakeCookie()
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=polling")
            let opened = try #require(wire.answer())
            let sid = try TestServer.sid(in: opened.body)
            #expect(opened.headers["set-cookie"] == "io=\(sid); Path=/; HttpOnly; SameSite=Lax")
            wire.post(sid, "4x")
            #expect(wire.answer()?.headers["set-cookie"] == nil)
            let socket = try server.connect()
            socket.upgrade("EIO=4&transport=websocket")
            let switched = try #require(socket.answer())
            #expect(switched.status == 101)
            #expect(switched.headers["set-cookie"] == nil)
            wire.get("EIO=4&transport=x")
            #expect(wire.answer()?.headers["set-cookie"] == nil)
        }
    }

    @Test func cookieOptions() throws {
        let cookie = Self.cookie {
            $0.name = "lb"
            $0.path = nil
            $0.domain = "chat.example"
            $0.maxAge = 86_400
            $0.secure = true
            $0.httpOnly = false
            $0.sameSite = HandshakeCookie.SameSite.none
        }
        try cookie.validate()
        #expect(
            cookie.setCookie(sid: "s", isSecure: false)
                == "lb=s; Max-Age=86400; Domain=chat.example; Secure; SameSite=None")
    }

    @Test(
        "The path, with a slash at its end or not",
        arguments: [
            ("/socket.io/", true, "/socket.io", 200), ("/socket.io/", false, "/socket.io", 404),
            ("/socket.io/", false, "/socket.io/", 200), ("/socket.io", false, "/socket.io/", 404),
            ("/socket.io", true, "/socket.io/", 200), ("/socket.io", false, "/socket.io", 200),
        ])
    func slash(path: String, adds: Bool, target: String, status: Int) throws {
        var configuration = EngineConfiguration(path: path)
        configuration.addTrailingSlash = adds
        try TestServer.run(configuration) { server in
            let wire = try server.connect()
            wire.send("GET \(target)?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(wire.answer()?.status == status)
        }
    }

    @Test(
        "HEAD is answered without the body, whatever the answer",
        arguments: [
            "transport=x", "EIO=4&transport=polling", "EIO=4&transport=polling&sid=abcdefghij0123456789",
        ])
    func head(query: String) throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.send(Wire.request("HEAD", query))
            let text = wire.text()
            #expect(text.hasPrefix("HTTP/1.1 400"))
            #expect(text.hasSuffix("\r\n\r\n"))
            wire.get("EIO=4&transport=polling")
            #expect(wire.answer()?.status == 200)
        }
    }
}
