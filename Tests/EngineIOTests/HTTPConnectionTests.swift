internal import EngineIOProtocol
internal import Testing

@testable internal import EngineIO

/// The HTTP side of a connection: which path is whose, keep-alive, pipelining, limits and time.
struct HTTPConnectionTests {
    private static func head(_ target: String, _ headers: [String] = [], version: String = "1.1") -> String {
        (["GET \(target) HTTP/\(version)", "Host: chat.example"] + headers).joined(separator: "\r\n")
            + "\r\n\r\n"
    }

    @Test(
        "Which targets are the engine's",
        arguments: [
            ("/socket.io/?EIO=4&transport=polling", 200), ("/socket.io?EIO=4&transport=polling", 200),
            ("/socket.io/", 400), ("/socket.io", 400), ("/socket.io/foo?EIO=4&transport=polling", 404),
            ("/socket.iox?EIO=4&transport=polling", 404), ("/socket.io//?EIO=4&transport=polling", 404),
            ("/?EIO=4&transport=polling", 404), ("/SOCKET.IO/?EIO=4&transport=polling", 404),
            ("/socket%2Eio/?EIO=4&transport=polling", 404), ("*", 404),
        ])
    func paths(target: String, status: Int) throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.send(Self.head(target))
            #expect(wire.answer()?.status == status)
            #expect(server.engine.sessionCount == (status == 200 ? 1 : 0))
        }
    }

    @Test(
        "A connection stays open or not, as the client says",
        arguments: [
            ("1.1", [], true), ("1.1", ["Connection: close"], false), ("1.0", [], false),
            ("1.1", ["Connection: keep-alive"], true),
        ] as [(String, [String], Bool)])
    func keepAlive(version: String, headers: [String], stays: Bool) throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.send(Self.head("/socket.io/?EIO=4&transport=polling", headers, version: version))
            let answer = try #require(wire.answer())
            #expect(answer.status == 200)
            #expect((answer.headers["connection"] == "close") == !stays)
            #expect(wire.isOpen == stays)
        }
    }

    @Test("Requests sent without waiting are answered in turn")
    func pipelined() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            let open = Wire.request("GET", "EIO=4&transport=polling")
            wire.send(open + Wire.request("GET", "EIO=3&transport=polling") + open)
            #expect(wire.answer()?.body.hasPrefix("0{") == true)
            #expect(wire.answer()?.body == #"{"code":5,"message":"Unsupported protocol version"}"#)
            #expect(wire.answer()?.body.hasPrefix("0{") == true)
            #expect(wire.isOpen)
            server.advance(74_000)
            #expect(wire.isOpen)
            wire.send(open)
            #expect(wire.answer()?.status == 200)
        }
    }

    @Test("A poll that is held holds up what comes after it, and is itself no idle connection")
    func pipelinedBehindPoll() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let poll = Wire.request("GET", "EIO=4&transport=polling&sid=\(sid)")
            wire.send(Wire.post(sid, Array("4a".utf8)) + Array(poll.utf8) + Wire.post(sid, Array("4b".utf8)))
            #expect(wire.answer()?.body == "ok")
            #expect(wire.answer() == nil)
            #expect(server.application.takeEvents() == ["open", "text a"])
            try server.session.send(.text(Array("4c".utf8)))
            #expect(wire.answer()?.body == "4c")
            #expect(wire.answer()?.body == "ok")
            #expect(server.application.takeEvents() == ["text b"])
        }
    }

    @Test("A poll that waited behind another is held in its turn, and is no idle connection")
    func pollBehindPoll() throws {
        let timings = SessionTimings(
            pingInterval: .milliseconds(200_000), pingTimeout: .milliseconds(100_000))
        try TestServer.run(EngineConfiguration(timings: timings)) { server in
            let (wire, sid) = try server.openPolling()
            let poll = Wire.request("GET", "EIO=4&transport=polling&sid=\(sid)")
            wire.send(poll + poll)
            try server.session.send(.text(Array("4first".utf8)))
            #expect(wire.answer()?.body == "4first")
            #expect(wire.answer() == nil)
            server.advance(150_000)
            #expect(wire.isOpen)
            try server.session.send(.text(Array("4late".utf8)))
            #expect(wire.answer()?.body == "4late")
        }
    }

    @Test(
        "Thousands of requests at once neither exhaust the stack nor lose an answer",
        arguments: [false, true])
    func manyPipelined(behindPoll: Bool) throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let count = 2_300
            let poll = Wire.request("GET", "EIO=4&transport=polling&sid=\(sid)")
            wire.send(
                (behindPoll ? poll : "") + String(repeating: "GET /socket.io/ HTTP/1.1\r\n\r\n", count: count)
            )
            if behindPoll {
                try server.session.send(.text(Array("4go".utf8)))
                #expect(wire.answer()?.body == "4go")
            }
            #expect(wire.text().components(separatedBy: "HTTP/1.1 400") == count)
            #expect(wire.isOpen)
        }
    }

    @Test("Nothing is answered after the answer that ends the connection")
    func nothingAfterClose() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.send(
                Wire.request("GET", "EIO=4&transport=polling", headers: ["Connection: close"])
                    + Wire.request("GET", "EIO=4&transport=polling"))
            #expect(wire.answer()?.status == 200)
            #expect(!wire.text().contains("200 OK"))
            #expect(!wire.isOpen)
            #expect(server.engine.sessionCount == 1)
        }
    }

    // MARK: - Limits

    @Test(
        "A head beyond the limits is refused",
        arguments: [
            "GET /\(String(repeating: "x", count: 40_000)) HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n",
            "GET / HTTP/1.1\r\n" + (0..<200).map { "X\($0): y\r\n" }.joined() + "\r\n",
            "GET / HTTP/1.1\r\n"
                + (0..<40).map { "X\($0): \(String(repeating: "y", count: 1_000))\r\n" }.joined(),
            "nonsense\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "\u{0}\u{1}\u{2}\u{3}",
        ])
    func malformed(request: String) throws {
        try TestServer.run { server in
            let wire = try server.connect()
            for piece in Array(request.utf8).split(maxLength: 2_000) { wire.send(piece) }
            let answer = try #require(wire.answer())
            #expect(answer.status == 400)
            #expect(!wire.isOpen)
            #expect(server.connectionCount == 0)
        }
    }

    @Test("A body that is malformed after its head was accepted ends the session with the connection")
    func malformedChunk() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            wire.send(
                Wire.request(
                    "POST", "EIO=4&transport=polling&sid=\(sid)", headers: ["Transfer-Encoding: chunked"])
                    + "2\r\n4a\r\nzz\r\n")
            #expect(!wire.isOpen)
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
        }
    }

    @Test("A chunked body is read as any other")
    func chunked() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            let head = Wire.request(
                "POST", "EIO=4&transport=polling&sid=\(sid)", headers: ["Transfer-Encoding: chunked"])
            wire.sendBytewise(Array((head + "2\r\n4a\r\n3\r\nbcd\r\n0\r\n\r\n").utf8))
            #expect(wire.answer()?.body == "ok")
            #expect(server.application.takeEvents() == ["open", "text abcd"])
        }
    }

    // MARK: - Time

    @Test("A connection has ten seconds to say what it wants, however it spends them", arguments: [0, 1, 9])
    func headTimeout(bytes: Int) throws {
        try TestServer.run { server in
            let wire = try server.connect()
            for byte in Array("GET / HTT".utf8).prefix(bytes) {
                server.advance(1_000)
                wire.send([byte])
            }
            server.advance(Int64(9_980 - bytes * 1_000))
            #expect(wire.isOpen)
            server.advance(40)
            #expect(!wire.isOpen)
            #expect(server.connectionCount == 0)
        }
    }

    @Test func idleTimeout() throws {
        try TestServer.run { server in
            let (wire, sid) = try server.openPolling()
            server.advance(20_000)
            wire.post(sid, "4x")
            #expect(wire.answer()?.body == "ok")
            server.advance(74_980)
            #expect(wire.isOpen)
            server.advance(40)
            #expect(!wire.isOpen)
        }
    }

    @Test func bodyTimeout() throws {
        let timings = SessionTimings(pingInterval: .milliseconds(100_000))
        try TestServer.run(EngineConfiguration(timings: timings)) { server in
            let (wire, sid) = try server.openPolling()
            wire.send(Array(Wire.post(sid, Array("4hello".utf8)).dropLast(3)))
            for _ in 0..<2 {
                server.advance(14_990)
                #expect(wire.isOpen)
                wire.send("l")
            }
            server.advance(30)
            #expect(!wire.isOpen)
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
        }
    }

    @Test("Own limits are kept")
    func ownLimits() throws {
        let limits = HTTPLimits(
            maxHeaderBytes: 200, maxHeaderFields: 3, headTimeout: .milliseconds(500),
            idleTimeout: .milliseconds(700), bodyTimeout: .milliseconds(900))
        try TestServer.run(limits: limits) { server in
            let many = try server.connect()
            many.send(Self.head("/socket.io/?EIO=4&transport=polling", ["A: 1", "B: 2", "C: 3"]))
            #expect(many.answer()?.status == 400)
            let few = try server.connect()
            few.send(Self.head("/socket.io/?EIO=4&transport=polling", ["A: 1"]))
            #expect(few.answer()?.status == 200)
            let silent = try server.connect()
            server.advance(520)
            #expect(!silent.isOpen)
            #expect(few.isOpen)
            server.advance(200)
            #expect(!few.isOpen)
        }
    }

    @Test(
        "An upgrade that nobody here answers is refused plainly, and the connection closed",
        arguments: [
            "GET /elsewhere HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
            "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        ])
    func foreignUpgrade(request: String) throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.send(request)
            let answer = try #require(wire.answer())
            #expect(answer.status == (request.contains("elsewhere") ? 404 : 200))
            #expect(answer.headers["connection"] == "close")
            #expect(!wire.isOpen)
        }
    }

    @Test("An address has as many connections as it may have, WebSockets included")
    func connectionsPerAddress() throws {
        var limits = HTTPLimits()
        limits.maxConnectionsPerAddress = 2
        try TestServer.run(limits: limits) { server in
            let socket = try server.openWebSocket()
            let wire = try server.connect()
            #expect(wire.isOpen)
            for _ in 0..<3 { #expect(try !server.connect().isOpen) }
            socket.drop()
            let next = try server.connect()
            next.get("EIO=4&transport=polling")
            #expect(next.answer()?.status == 200)
            #expect(try !server.connect().isOpen)
        }
    }

    // MARK: - CORS and other headers

    private static let listed = EngineConfiguration(origins: .list(["https://app.example"]))

    @Test func preflight() throws {
        try TestServer.run(Self.listed) { server in
            let wire = try server.connect()
            wire.send(
                Wire.request(
                    "OPTIONS", "EIO=4&transport=polling",
                    headers: [
                        "Origin: https://app.example", "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: content-type,x-mine",
                    ]))
            let answer = try #require(wire.answer())
            #expect(answer.status == 204)
            #expect(answer.headers["access-control-allow-origin"] == "https://app.example")
            #expect(answer.headers["access-control-allow-methods"] == "GET,HEAD,PUT,PATCH,POST,DELETE")
            #expect(answer.headers["access-control-allow-headers"] == "content-type,x-mine")
            #expect(answer.headers["access-control-allow-credentials"] == "true")
            #expect(answer.headers["vary"] == "Origin, Access-Control-Request-Headers")
            #expect(wire.isOpen)
        }
    }

    static let origins: [(String, Int, String?)] = [
        ("https://app.example", 200, "https://app.example"),
        ("https://chat.example", 200, "https://chat.example"),
        ("https://evil.example", 403, nil),
        ("null", 403, nil),
    ]

    @Test("Foreign pages by polling", arguments: origins)
    func cors(origin: String, status: Int, allowed: String?) throws {
        try TestServer.run(Self.listed) { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=polling", headers: ["Origin: \(origin)"])
            let answer = try #require(wire.answer())
            #expect(answer.status == status)
            #expect(answer.headers["access-control-allow-origin"] == allowed)
            if status == 403 { #expect(answer.body == #"{"code":4,"message":"Origin not allowed"}"#) }
            let preflight = try server.connect()
            preflight.send(
                Wire.request("OPTIONS", "EIO=4&transport=polling", headers: ["Origin: \(origin)"]))
            #expect(preflight.answer()?.headers["access-control-allow-origin"] == allowed)
        }
    }

    @Test("Where every origin is let in, browsers never send cookies")
    func anyOrigin() throws {
        try TestServer.run(EngineConfiguration(origins: .any)) { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=polling", headers: ["Origin: https://any.example"])
            let answer = try #require(wire.answer())
            #expect(answer.headers["access-control-allow-origin"] == "*")
            #expect(answer.headers["access-control-allow-credentials"] == nil)
        }
    }

    @Test("By default only the server's own pages come in")
    func sameOriginOnly() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=polling", headers: ["Origin: https://evil.example"])
            #expect(wire.answer()?.status == 403)
            wire.get("EIO=4&transport=polling", headers: ["Origin: https://chat.example"])
            let answer = try #require(wire.answer())
            #expect(answer.status == 200)
            #expect(answer.headers["access-control-allow-origin"] == nil)
        }
    }

    @Test(
        "Old browsers are told to leave the answer alone",
        arguments: [
            ("Mozilla/4.0 (compatible;MSIE 8.0)", "0"), ("Mozilla/5.0 Trident/7.0", "0"), ("Firefox", nil),
        ] as [(String, String?)])
    func oldBrowsers(agent: String, header: String?) throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.get("EIO=4&transport=polling", headers: ["User-Agent: \(agent)"])
            #expect(wire.answer()?.headers["x-xss-protection"] == header)
        }
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(separatedBy text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}

extension [UInt8] {
    fileprivate func split(maxLength: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: maxLength).map { Array(self[$0..<Swift.min($0 + maxLength, count)]) }
    }
}
