internal import EngineIO
internal import SocketIO
internal import SocketIOProtocol
internal import Testing
internal import WebSocketProtocol

/// Advisories of ws and of other WebSocket servers (docs/threat-model.md, T20 to T28, T48, T50, T59; frame games).
@Suite("Advisories: WebSocket", .serialized, .timeLimit(.minutes(2)))
struct WebSocketAdvisoryTests {
    /// Frames that end the connection, and with which code.
    static let fatal: [(String, [ClientFrame], UInt16)] =
        [
            ("T21: 256 MB announced", [.init(first: 0x82, length: [127, 0, 0, 0, 0, 0x10, 0, 0, 0])], 1009),
            (
                "T21: one byte too many",
                [.init(first: 0x82, length: [127, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x41])], 1009
            ),
            (
                "T48: length with its highest bit",
                [.init(first: 0x82, length: [127, 0x80, 0, 0, 0, 0, 0, 0, 1])], 1002
            ),
            (
                "T48: length of ones",
                [.init(first: 0x81, length: [127] + [UInt8](repeating: 255, count: 8))], 1002
            ),
            ("length in more bytes than needed", [.init(first: 0x82, length: [126, 0, 1])], 1002),
            ("T27, T50: no mask", [.init(first: 0x81, payload: [0x34], isMasked: false)], 1002),
            ("T27: RSV2", [.init(first: 0xA1, payload: [0x34])], 1002),
            ("T27: RSV3", [.init(first: 0x91, payload: [0x34])], 1002),
            ("T27: RSV1 without an extension", [.init(first: 0xC1, payload: [0x34])], 1002),
            ("T27: ping in fragments", [.init(first: 0x09)], 1002),
            ("T27: long ping", [.init(first: 0x89, payload: .init(repeating: 0, count: 126))], 1002),
            ("T27: long close", [.init(first: 0x88, payload: .init(repeating: 3, count: 126))], 1002),
            ("T27: continuation of nothing", [.init(first: 0x80, payload: [1])], 1002),
            ("T27: message inside a message", [.init(first: 0x01), .init(first: 0x81)], 1002),
            ("T27: close with one byte", [.init(first: 0x88, payload: [3])], 1002),
            ("T27: close with text that is none", [.init(first: 0x88, payload: [3, 0xE8, 0xFF])], 1007),
            ("T27: text that is none", [.init(first: 0x81, payload: [0x34, 0xC0, 0x80])], 1007),
            ("T27: a surrogate", [.init(first: 0x81, payload: [0x34, 0xED, 0xA0, 0x80])], 1007),
            (
                "T27: text cut in a character",
                [.init(first: 0x01, payload: [0x34, 0xF0]), .init(first: 0x80, payload: [0x41])], 1007
            ),
        ]
        + [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { opcode in
            ("T27: opcode \(opcode)", [ClientFrame(first: 0x80 | opcode)], UInt16(1002))
        }
        + [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535].map { code in
            (
                "T27: close code \(code)",
                [ClientFrame(first: 0x88, payload: [UInt8(code >> 8), UInt8(code & 255)])], UInt16(1002)
            )
        }

    @Test("Frames against the protocol end the connection with the code for it", arguments: fatal)
    func closes(_ title: String, _ frames: [ClientFrame], _ code: UInt16) async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            await peer.send(frames.flatMap(\.bytes))
            let last = await peer.framesToTheEnd().last
            #expect(last == .close(code), "\(title)")
            #expect(await server.nextReason() == .transportError || code == 1002)
        }
    }

    @Test("T20, T25: a close frame and a pong hold what they were given, and no byte more")
    func uninitialisedMemory() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            for count in [0, 1, 3, 125] {
                let payload = (0..<count).map { UInt8($0) }
                await peer.send(.init(first: 0x89, payload: payload))
                #expect(await peer.frame() == .pong(payload))
            }
            await peer.send(.init(first: 0x88, payload: [3, 0xE8]))
            #expect(await peer.frame() == .close(1000))
        }
        #expect(ClosePayload(code: .normal, reason: String(repeating: "ü", count: 500)).encode().count <= 125)
    }

    @Test(
        "T22, T23, T28: extensions and protocols that a parser could trip over",
        arguments: [
            "Sec-WebSocket-Extensions: constructor", "Sec-WebSocket-Extensions: __proto__; a=b",
            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99999999999999999999",
            "Sec-WebSocket-Extensions: permessage-deflate; permessage-deflate; =;;,,\"",
            "Sec-WebSocket-Extensions: " + String(repeating: ", ", count: 10_000),
            "Sec-WebSocket-Protocol: a" + String(repeating: " ", count: 20_000) + "b",
            "Sec-WebSocket-Protocol: \u{00E4}\u{1F600}", "Sec-WebSocket-Protocol: ,,,",
        ])
    func oddExtensions(_ field: String) async throws {
        try await HostileServer.run { server in
            let peer = try await server.connect()
            try await peer.openWebSocket("EIO=4&transport=websocket", [field])
            try await peer.join()
            #expect(await peer.isAnswered(1))
        }
    }

    @Test("T24, T46: more header fields, or more bytes of them, than are taken")
    func manyHeaders() async throws {
        try await HostileServer.run { server in
            for fields in [
                (0..<200).map { "X-\($0): y" } + Peer.upgradeFields,
                ["X: " + String(repeating: "y", count: 40_000)] + Peer.upgradeFields,
                (0..<100).map { "X-\($0): " + String(repeating: "y", count: 900) } + Peer.upgradeFields,
            ] {
                let peer = try await server.connect()
                await peer.send(Peer.head("GET", "EIO=4&transport=websocket", fields))
                let bytes = String(decoding: await peer.bytesToTheEnd(), as: UTF8.self)
                #expect(bytes.hasPrefix("HTTP/1.1 400 ") || bytes.hasPrefix("HTTP/1.1 431 "))
            }
        }
    }

    @Test(
        "T27: handshakes that are none",
        arguments: [
            ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
            [
                "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: short",
            ],
            [
                "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 12",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            ],
            [
                "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            ],
        ])
    func badHandshake(_ fields: [String]) async throws {
        try await HostileServer.run { server in
            let peer = try await server.connect()
            let reply = try await peer.ask("GET", "EIO=4&transport=websocket", fields)
            #expect([400, 426].contains(reply.status))
        }
    }

    @Test("T26: empty fragments are counted; a message of too many ends with 1008")
    func emptyFragments() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            let fragment = ClientFrame(first: 0x00).bytes
            await peer.send(
                ClientFrame(first: 0x02).bytes + (0..<5_000).flatMap { _ in fragment })
            #expect(await peer.framesToTheEnd().last == .close(1008))
        }
    }

    @Test("T26: a large frame in tiny pieces arrives whole")
    func tinyPieces() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            let text = String(repeating: "y", count: 20_000)
            let bytes = ClientFrame.text("421[\"echo\",\"\(text)\"]").bytes
            for start in stride(from: 0, to: bytes.count, by: 7) {
                await peer.send(Array(bytes[start..<min(start + 7, bytes.count)]))
            }
            #expect(await peer.frame() == .text("431[\"\(text)\"]"))
        }
    }

    @Test("Pings of a client that reads nothing are not all kept until it does")
    func pingFlood() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            await peer.read(false)
            let ping = ClientFrame(first: 0x89, payload: .init(repeating: 7, count: 125)).bytes
            let many = (0..<1_000).flatMap { _ in ping }
            for _ in 0..<100 { await peer.send(many) }
            let kept = try await server.unwrittenBytes()
            #expect(kept <= 1 << 20, "bytes of pongs that are kept")
        }
    }

    @Test("T29: a WebSocket of a foreign page is refused, with and without a session")
    func crossSite() async throws {
        try await HostileServer.run { server in
            let sid = try await server.connect().openPolling()
            for query in ["EIO=4&transport=websocket", "EIO=4&transport=websocket&sid=\(sid)"] {
                for origin in ["https://evil.example", "null", "http://chat.example.evil.example", "\u{7F}"] {
                    let peer = try await server.connect()
                    let fields = Peer.upgradeFields + ["Origin: \(origin)", "Cookie: io=\(sid)"]
                    #expect(try await peer.ask("GET", query, fields).status == 400)
                }
            }
        }
    }

    @Test("T31: pongs that nobody asked for start nothing")
    func unsolicitedPongs() async throws {
        try await HostileServer.run { server in
            let peer = try await server.joined()
            let before = try await server.live().timers
            let pongs = ClientFrame.text("3").bytes + ClientFrame(first: 0x8A, payload: [1]).bytes
            await peer.send((0..<5_000).flatMap { _ in pongs })
            #expect(await peer.isAnswered(1))
            #expect(try await server.live().timers <= before)
        }
    }

    @Test("T34, T37, T41: upgrades that are begun and not completed leave the session where it was")
    func unfinishedUpgrade() async throws {
        try await HostileServer.run { server in
            let poller = try await server.connect()
            let sid = try await poller.openPolling()
            for frames in [
                [], [ClientFrame.text("2probe")], [.text("5")], [.text("6")], [.text("2probe"), .text("6")],
            ] {
                let probe = try await server.connect()
                let query = "EIO=4&transport=websocket&sid=\(sid)"
                #expect(try await probe.ask("GET", query, Peer.upgradeFields).status == 101)
                await probe.send(frames.flatMap(\.bytes))
                // Its time is over after 300 ms, or what it said was wrong.
                let last = await probe.framesToTheEnd().last
                #expect(last == .close(nil), "\(frames)")
                await poller.send(Peer.post(sid, Array("3".utf8)))
                #expect(await poller.reply()?.status == 200)
            }
        }
    }

    @Test("T49: a hundred connections that go away in the middle of an upgrade")
    func abortedUpgrade() async throws {
        try await HostileServer.run { server in
            let poller = try await server.connect()
            let sid = try await poller.openPolling()
            for number in 0..<100 {
                let peer = try await server.connect()
                let query = "EIO=4&transport=websocket" + (number % 3 == 0 ? "&sid=\(sid)" : "")
                let request = Array(Peer.head("GET", query, Peer.upgradeFields).utf8)
                await peer.send(Array(request.prefix(number % 2 == 0 ? request.count : request.count - 2)))
                if number % 4 < 2 { await peer.reset() } else { peer.close() }
            }
            poller.close()
            try await server.until { $0.connections == 0 && $0.webSockets == 1 }
        }
    }
}
