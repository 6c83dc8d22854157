internal import EngineIO
internal import EngineIOProtocol
internal import SocketIO
internal import SocketIOProtocol
internal import Testing

/// Advisories of socket.io and engine.io: requests, bodies, cookies, ids (docs/threat-model.md, T1 to T8, T15, T17).
@Suite("Advisories: engine.io", .serialized, .timeLimit(.minutes(2)))
struct EngineIOAdvisoryTests {
    @Test("T1: session ids are 120 random bits, none twice")
    func guessableIDs() async throws {
        var generator = SystemRandomNumberGenerator()
        var seen: Set<String> = []
        var counts: [Character: Int] = [:]
        for _ in 0..<20_000 {
            let id = SessionID.make(using: &generator)
            #expect(id.count == 20)
            #expect(seen.insert(id).inserted)
            for character in id { counts[character, default: 0] += 1 }
        }
        #expect(counts.count == 64, "an alphabet of 64 means 6 bits a character")
        // 400,000 characters over 64 letters: 6,250 each, with a deviation of 78. Ten of those are no chance.
        #expect(counts.values.allSatisfy { (5_470...7_030).contains($0) })
    }

    @Test("T2: no page of another origin may read anything, unless it is named; cookies never for all")
    func anyOrigin() async throws {
        try await HostileServer.run { server in
            let peer = try await server.connect()
            let answer = try await peer.ask(
                "GET", "EIO=4&transport=polling", ["Origin: https://evil.example"])
            #expect(answer.status == 403)
            #expect(answer.field("access-control-allow-origin") == nil)
            let preflight = try await peer.ask(
                "OPTIONS", "EIO=4&transport=polling",
                ["Origin: https://evil.example", "Access-Control-Request-Method: POST"])
            #expect(preflight.status >= 400)
            #expect(preflight.field("access-control-allow-origin") == nil)
        }
        try await HostileServer.run(HostileServer.brief { $0.engine.origins = .any }) { server in
            let answer = try await server.connect().ask(
                "GET", "EIO=4&transport=polling", ["Origin: https://evil.example"])
            #expect(answer.status == 200)
            #expect(answer.field("access-control-allow-origin") == "*")
            #expect(answer.field("access-control-allow-credentials") == nil)
        }
    }

    @Test("T4: a POST that is too large is refused by its length, or while it comes; the session lives")
    func largePost() async throws {
        try await HostileServer.run { server in
            let reader = try await server.connect()
            let sid = try await reader.openPolling()
            let declared = try await server.connect()
            // Not one byte of the body is sent: the answer can come from the head alone.
            let refusal = try await declared.ask(
                "POST", "EIO=4&transport=polling&sid=\(sid)",
                ["Content-Type: text/plain", "Content-Length: 100000000"])
            #expect(refusal.status == 413)

            let chunked = try await server.connect()
            await chunked.send(
                Peer.head(
                    "POST", "EIO=4&transport=polling&sid=\(sid)",
                    ["Content-Type: text/plain", "Transfer-Encoding: chunked"]))
            let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x34, count: 65_536) + [13, 10]
            for _ in 0..<16 { await chunked.send(chunk) }
            #expect(await chunked.reply()?.status == 413)

            let overflow = try await server.connect()
            await overflow.send(
                Peer.head(
                    "POST", "EIO=4&transport=polling&sid=\(sid)",
                    ["Content-Type: text/plain", "Content-Length: 99999999999999999999999"]))
            #expect(await overflow.reply()?.status == 400)

            let writer = try await server.connect()
            await writer.send(Peer.post(sid, Array("40".utf8)))
            #expect(await writer.reply()?.status == 200)
        }
    }

    @Test("T5: a frame with reserved bits in the same segment as the upgrade, after it, or instead of it")
    func invalidFrameWithUpgrade() async throws {
        try await HostileServer.run { server in
            let request = Array(Peer.head("GET", "EIO=4&transport=websocket", Peer.upgradeFields).utf8)
            let bad = ClientFrame(first: 0xF1, payload: [1, 2, 3]).bytes
            let together = try await server.connect()
            await together.send(request + bad)
            #expect(await together.reply()?.status == 101)
            let frames = await together.framesToTheEnd()
            #expect(frames.last == .close(1002))

            let probe = try await server.connect()
            let sid = try await probe.openPolling()
            let upgrade = try await server.connect()
            await upgrade.send(
                Array(
                    Peer.head("GET", "EIO=4&transport=websocket&sid=\(sid)", Peer.upgradeFields).utf8) + bad)
            #expect(await upgrade.reply()?.status == 101)
            #expect(await upgrade.framesToTheEnd().last == .close(1002))
            // The session goes on by polling.
            let writer = try await server.connect()
            await writer.send(Peer.post(sid, Array("40".utf8)))
            #expect(await writer.reply()?.status == 200)

            let instead = try await server.connect()
            await instead.send(bad + request)
            let answer = String(decoding: await instead.bytesToTheEnd(), as: UTF8.self)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test("T6: the client resets the connection while a refused upgrade is answered, a hundred times")
    func resetDuringRefusal() async throws {
        try await HostileServer.run { server in
            for number in 0..<100 {
                let peer = try await server.connect()
                let query = number % 2 == 0 ? "EIO=4&transport=websocket&sid=nobody" : "EIO=9&transport=x"
                await peer.begin(Array(Peer.head("GET", query, Peer.upgradeFields).utf8))
                await peer.reset()
            }
            try await server.until { $0.connections == 0 }
        }
    }

    @Test(
        "T7: transports that are names of JavaScript's own, or others",
        arguments: [
            "constructor", "__proto__", "toString", "hasOwnProperty", "", "websocket%00", "flashsocket",
        ])
    func prototypeTransport(_ name: String) async throws {
        try await HostileServer.run { server in
            let peer = try await server.connect()
            let answer = try await peer.ask("GET", "EIO=4&transport=\(name)")
            #expect(answer.status == 400)
            #expect(answer.text == #"{"code":0,"message":"Transport unknown"}"#)
            let upgrade = try await peer.ask("GET", "EIO=4&transport=\(name)", Peer.upgradeFields)
            #expect(upgrade.status == 400)
            #expect(await peer.bytesToTheEnd().isEmpty)
        }
    }

    @Test(
        "T8: cookie options that would add an attribute or a header are refused before the server listens",
        arguments: [
            ("a;b", nil, nil), ("a b", nil, nil), ("", nil, nil), ("a\r\nX: y", nil, nil), ("io", "/;x", nil),
            ("io", "/\r\nX: y", nil), ("io", nil, "a;b"), ("io", nil, "a\nb"), ("io", nil, "ä.example"),
        ] as [(String, String?, String?)])
    func cookieOptions(_ name: String, _ path: String?, _ domain: String?) async throws {
        var cookie = HandshakeCookie()
        cookie.name = name
        cookie.path = path
        cookie.domain = domain
        var configuration = EngineConfiguration()
        configuration.cookie = cookie
        #expect(throws: EngineConfigurationError.self) { try configuration.validate() }
    }

    @Test("T8: a client's own header lines never come back in the cookie")
    func cookieInjection() async throws {
        try await HostileServer.run(HostileServer.brief { $0.engine.cookie = HandshakeCookie() }) { server in
            let peer = try await server.connect()
            let answer = try await peer.ask(
                "GET", "EIO=4&transport=polling&t=%0d%0aSet-Cookie:%20x=y", ["Cookie: io=evil; x=\"a;b\""])
            let cookies = answer.fields.filter { $0.name == "set-cookie" }
            #expect(cookies.count == 1)
            #expect(cookies.allSatisfy { $0.value.hasSuffix("; Path=/; HttpOnly; SameSite=Lax") })
        }
    }

    @Test("T15: a POST that is never finished is given up, and its session with it")
    func openPost() async throws {
        var limits = HTTPLimits()
        limits.bodyTimeout = .milliseconds(300)
        try await HostileServer.run(limits: limits) { server in
            let sid = try await server.connect().openPolling()
            let peer = try await server.connect()
            await peer.send(
                Peer.head(
                    "POST", "EIO=4&transport=polling&sid=\(sid)",
                    ["Content-Type: text/plain", "Content-Length: 10"]) + "40")
            #expect(await peer.bytesToTheEnd().isEmpty, "closed without an answer")
            try await server.until { $0.sessions == 1 }
        }
    }

    @Test("T15: v4 knows no binary body: refused, not left open")
    func octetStream() async throws {
        try await HostileServer.run { server in
            let sid = try await server.connect().openPolling()
            let peer = try await server.connect()
            await peer.send(Peer.post(sid, [1, 2, 3], ["Content-Type: application/octet-stream"]))
            #expect(await peer.reply()?.status == 400)
            try await server.until { $0.sessions == 1 }
        }
    }

    @Test(
        "T17, T35: malformed v3 payloads end, whatever they are",
        arguments: [
            (false, Array("".utf8)), (false, Array(":".utf8)), (false, Array("0".utf8)),
            (false, Array("5:4".utf8)), (false, Array("-1:4".utf8)), (false, Array("1e3:4".utf8)),
            (false, Array("99999999999999999999:4".utf8)), (false, Array("2:4😀".utf8)),
            (false, Array("1:41:41:9".utf8)), (true, []), (true, [0]), (true, [1]), (true, [0, 255]),
            (true, [2, 1, 255, 0x34]), (true, [0, 1]), (true, [1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 255]),
            (true, [0, 10, 255, 0x34]), (true, [1, 0, 255]), (true, [0, 2, 255, 0x34, 0xFF]),
        ] as [(Bool, [UInt8])])
    func malformedV3(_ isBinary: Bool, _ body: [UInt8]) async throws {
        try await HostileServer.run(HostileServer.brief { $0.engine.allowEIO3 = true }) { server in
            let sid = try await server.connect().openPolling(version: 3)
            let peer = try await server.connect()
            let type = isBinary ? "application/octet-stream" : "text/plain;charset=UTF-8"
            await peer.send(Peer.post(sid, body, version: 3, ["Content-Type: \(type)"]))
            let status = await peer.reply()?.status
            #expect(status == 200 || status == 400)
        }
    }

    @Test("T17: two million v3 records in one POST are counted, not carried out")
    func manyV3Records() async throws {
        try await HostileServer.run(HostileServer.brief { $0.engine.allowEIO3 = true }) { server in
            let sid = try await server.connect().openPolling(version: 3)
            let peer = try await server.connect()
            await peer.send(
                Peer.post(sid, Array(String(repeating: "0:", count: 499_000).utf8), version: 3))
            #expect(await peer.reply()?.status == 200)
            try await server.until { $0.sessions == 1 }
        }
    }

    @Test(
        "JSONP: what is no number does not become part of a script",
        arguments: ["alert(1)", "0]);alert(1);(", "%22", "-1", "", "12345678901"])
    func jsonpIndex(_ index: String) async throws {
        try await HostileServer.run(HostileServer.brief { $0.engine.jsonp = true }) { server in
            let answer = try await server.connect().ask("GET", "EIO=4&transport=polling&j=\(index)")
            #expect(answer.status == 400)
            #expect(answer.field("content-type") == "application/json")
        }
    }

    @Test(
        "JSONP: forms that are none",
        arguments: ["", "d", "d=", "d=4&d=4", "e=4", "d=%", "d=%4", "d=%zz", "&&&&", "d=%1E", "d=\\n"])
    func jsonpForm(_ body: String) async throws {
        try await HostileServer.run(HostileServer.brief { $0.engine.jsonp = true }) { server in
            let open = try await server.connect().ask("GET", "EIO=4&transport=polling&j=0").text
            let sid = String(open.split(separator: "\"").dropFirst(4).first?.dropLast() ?? "")
            #expect(sid.count == 20, "\(open)")
            let peer = try await server.connect()
            await peer.send(
                Peer.head(
                    "POST", "EIO=4&transport=polling&j=0&sid=\(sid)",
                    [
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: \(body.utf8.count)",
                    ]) + body)
            let reply = await peer.reply()
            #expect(reply?.status == 200 && reply?.text == "ok")
            try await server.until { $0.sessions == 1 }
        }
    }

    @Test("JSONP is off unless it is wanted, and no foreign page may poll by it")
    func jsonpForeign() async throws {
        try await HostileServer.run { server in
            let answer = try await server.connect().ask("GET", "EIO=4&transport=polling&j=0")
            #expect(answer.status == 400)
        }
        try await HostileServer.run(HostileServer.brief { $0.engine.jsonp = true }) { server in
            for field in ["Referer: https://evil.example/page", "Sec-Fetch-Site: cross-site"] {
                let answer = try await server.connect().ask("GET", "EIO=4&transport=polling&j=0", [field])
                #expect(answer.status == 403)
            }
        }
    }
}
