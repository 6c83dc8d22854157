internal import EngineIOProtocol
internal import NIOCore
internal import NIOEmbedded
internal import Testing

@testable internal import EngineIO

/// Sessions that open by WebSocket: frames in, frames out, and each way to break the protocol.
struct WebSocketTests {
    @Test func handshakeBytes() throws {
        try TestServer.run { server in
            let wire = try server.connect()
            wire.upgrade("EIO=4&transport=websocket")
            let expected =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
            var bytes = wire.bytes()
            #expect(String(decoding: bytes.prefix(expected.utf8.count), as: UTF8.self) == expected)
            bytes.removeFirst(min(bytes.count, expected.utf8.count))
            let open = try #require(Frame(takenFrom: &bytes))
            #expect(bytes == [])
            #expect(open.first == Frame.text)
            let sid = try server.session.id
            #expect(
                open.text == #"0{"sid":"\#(sid)","upgrades":[],"pingInterval":25000,"#
                    + #""pingTimeout":20000,"maxPayload":1000000}"#)
        }
    }

    @Test(
        "Messages of every header length, both ways",
        arguments: [0, 1, 124, 125, 126, 65_534, 65_535, 65_536])
    func lengths(count: Int) throws {
        try TestServer.run { server in
            server.application.onMessage = { $0.send($1) }
            let wire = try server.openWebSocket()
            let text = [0x34] + Array(repeating: UInt8(0x78), count: count)
            let data = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            wire.send(Frame.client(Frame.text, text) + Frame.client(Frame.binary, data))
            #expect(wire.frames() == [Frame(Frame.text, text), Frame(Frame.binary, data)])
        }
    }

    @Test("Fragments make one message; a ping between them is answered")
    func fragments() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            wire.send(Frame.client(0x01, Array("4h\u{E9}".utf8).dropLast()))
            wire.send(Frame.client(Frame.ping, "here?"))
            #expect(wire.frames() == [Frame(Frame.pong, Array("here?".utf8))])
            wire.send(Frame.client(0x00, []))
            wire.send(Frame.client(0x80, [0xA9]))
            wire.send(Frame.client(0x02, [1]) + Frame.client(0x00, [2]) + Frame.client(0x80, [3]))
            wire.send(Frame.client(0x01, []) + Frame.client(0x80, "4"))
            #expect(
                server.application.takeEvents() == ["open", "text h\u{E9}", "binary [1, 2, 3]", "text "])
        }
    }

    @Test func pings() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            let longest = Array(repeating: UInt8(0xAA), count: 125)
            wire.send(Frame.client(Frame.ping, []) + Frame.client(Frame.ping, longest))
            wire.send(Frame.client(Frame.pong, "nobody asked"))
            #expect(wire.frames() == [Frame(Frame.pong, []), Frame(Frame.pong, longest)])
            #expect(server.application.takeEvents() == ["open"])
        }
    }

    @Test("Frames that came with the upgrade request")
    func glued() throws {
        try TestServer.run { server in
            server.application.onMessage = { $0.send($1) }
            let wire = try server.connect()
            wire.send(
                Array(Wire.upgrade("EIO=4&transport=websocket").utf8) + Frame.client(Frame.text, "4a")
                    + Frame.client(Frame.binary, [1]))
            #expect(try wire.takeUpgradeAnswer() == 101)
            let packets = wire.packets()
            #expect(packets.count == 3)
            #expect(packets.first?.hasPrefix("0{") == true)
            #expect(packets.dropFirst() == ["4a", "\u{1}"])
        }
    }

    @Test("A whole conversation, one byte at a time")
    func bytewise() throws {
        try TestServer.run { server in
            server.application.onMessage = { $0.send($1) }
            let wire = try server.connect()
            wire.sendBytewise(Array(Wire.upgrade("EIO=4&transport=websocket").utf8))
            #expect(try wire.takeUpgradeAnswer() == 101)
            #expect(wire.packets().count == 1)
            wire.sendBytewise(Frame.client(Frame.text, "4é") + Frame.client(Frame.ping, "p"))
            #expect(wire.packets() == ["4é", "p"])
            wire.sendBytewise(Frame.client(Frame.binary, Array(repeating: 7, count: 200)))
            wire.sendBytewise(Frame.client(0x01, "4x") + Frame.client(0x80, "y"))
            #expect(wire.frames().map(\.payload.count) == [200, 3])
            wire.sendBytewise(Frame.client(Frame.close, [0x03, 0xE8]))
            #expect(wire.frames().map(\.closeCode) == [1000])
            #expect(server.application.takeEvents().last == "closed transport close")
        }
    }

    @Test("Every way to cut a conversation into two pieces")
    func everySplit() throws {
        let whole =
            Frame.client(Frame.text, "4é") + Frame.client(0x02, [1, 2]) + Frame.client(Frame.ping, "p")
            + Frame.client(0x80, [3]) + Frame.client(Frame.binary, Array(repeating: 9, count: 130))
        for split in 0...whole.count {
            try TestServer.run { server in
                let wire = try server.openWebSocket()
                wire.send(Array(whole[..<split]))
                wire.send(Array(whole[split...]))
                let last = "binary \(Array(repeating: 9, count: 130))"
                #expect(
                    server.application.takeEvents() == ["open", "text é", "binary [1, 2, 3]", last],
                    "cut at \(split)")
                #expect(wire.packets() == ["p"])
            }
        }
    }

    // MARK: - The end

    static let closes: [([UInt8], [UInt8])] = [
        ([], []),
        ([0x03, 0xE8], [0x03, 0xE8]),
        ([0x03, 0xE9] + Array("going away".utf8), [0x03, 0xE9]),
        ([0x0F, 0xA0], [0x0F, 0xA0]),
    ]

    @Test("A close frame is answered with its code, and the connection ends", arguments: closes)
    func closed(payload: [UInt8], answer: [UInt8]) throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            wire.send(Frame.client(Frame.close, payload) + Frame.client(Frame.text, "4after"))
            #expect(wire.frames() == [Frame(Frame.close, answer)])
            #expect(!wire.isOpen)
            #expect(server.application.takeEvents() == ["open", "closed transport close"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test func dropped() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            wire.send(Array(Frame.client(Frame.text, "4half").dropLast(2)))
            wire.drop()
            #expect(server.application.takeEvents() == ["open", "closed transport close"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test func transportFails() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            wire.channel.pipeline.fireErrorCaught(ChannelError.ioOnClosedChannel)
            server.loop.run()
            #expect(!wire.isOpen)
            #expect(server.application.takeEvents() == ["open", "closed transport error"])
        }
    }

    struct Violation: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let code: Int

        init(_ name: String, _ bytes: [UInt8], _ code: Int) {
            self.name = name
            self.bytes = bytes
            self.code = code
        }

        var testDescription: String { name }
    }

    static let violations: [Violation] = [
        Violation("unmasked", Frame.unmasked(Frame.text, [0x34]), 1002),
        Violation("RSV1", Frame.client(0xC1, "4"), 1002),
        Violation("RSV2", Frame.client(0xA1, "4"), 1002),
        Violation("RSV3 on a ping", Frame.client(0x99, ""), 1002),
        Violation("reserved data opcode", Frame.client(0x83, ""), 1002),
        Violation("reserved control opcode", Frame.client(0x8B, ""), 1002),
        Violation("fragmented ping", Frame.client(0x09, ""), 1002),
        Violation("fragmented close", Frame.client(0x08, ""), 1002),
        Violation("long ping", Frame.client(Frame.ping, Array(repeating: 0, count: 126)), 1002),
        Violation("length in too many bytes", [0x82, 0xFE, 0x00, 0x7D, 0, 0, 0, 0], 1002),
        Violation("length above 2^63", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0], 1002),
        Violation("continuation of nothing", Frame.client(0x80, "4"), 1002),
        Violation("message in a message", Frame.client(0x01, "4") + Frame.client(0x81, "4"), 1002),
        Violation("close of one byte", Frame.client(Frame.close, [3]), 1002),
        Violation("close code 1005", Frame.client(Frame.close, [0x03, 0xED]), 1002),
        Violation("close code 999", Frame.client(Frame.close, [0x03, 0xE7]), 1002),
        Violation("close reason not UTF-8", Frame.client(Frame.close, [0x03, 0xE8, 0xFF]), 1007),
        Violation("text not UTF-8", Frame.client(Frame.text, [0x34, 0xC0, 0x80]), 1007),
        Violation("text cut inside a character", Frame.client(Frame.text, [0x34, 0xC3]), 1007),
        Violation("fragment not UTF-8", Frame.client(0x01, [0x34, 0xFF]), 1007),
        Violation("fragments end early", Frame.client(0x01, [0x34]) + Frame.client(0x80, [0xC3]), 1007),
        Violation("surrogate", Frame.client(Frame.text, [0x34, 0xED, 0xA0, 0x80]), 1007),
        Violation("frame too big", [0x82, 0xFE, 0x03, 0xE9], 1009),
        Violation("very much too big", [0x82, 0xFF, 0x7F] + Array(repeating: 0xFF, count: 7), 1009),
        Violation(
            "fragments too big together",
            Frame.client(0x02, Array(repeating: 0, count: 600))
                + Frame.client(0x80, Array(repeating: 0, count: 401)), 1009),
        Violation(
            "too many fragments",
            Frame.client(0x02, []) + Array(repeating: Frame.client(0x00, []), count: 1_024).joined(), 1008),
    ]

    @Test(
        "Each violation: the close code, the end of the session, and of the connection", arguments: violations
    )
    func violation(violation: Violation) throws {
        try TestServer.run(EngineConfiguration(maxPayload: 1_000)) { server in
            let wire = try server.openWebSocket()
            wire.send(Frame.client(Frame.text, "4before"))
            wire.send(violation.bytes)
            let frames = wire.frames()
            #expect(frames.map(\.closeCode) == [violation.code])
            #expect(!wire.isOpen)
            #expect(
                server.application.takeEvents() == ["open", "text before", "closed transport error"])
            #expect(server.engine.sessionCount == 0)
        }
    }

    @Test("A message of exactly the limit passes, whole and in pieces")
    func exactlyTheLimit() throws {
        try TestServer.run(EngineConfiguration(maxPayload: 1_000)) { server in
            let wire = try server.openWebSocket()
            wire.send(Frame.client(Frame.binary, Array(repeating: 0, count: 1_000)))
            wire.send(
                Frame.client(0x02, Array(repeating: 0, count: 600))
                    + Frame.client(0x80, Array(repeating: 0, count: 400)))
            #expect(server.application.takeEvents().count == 3)
            #expect(wire.isOpen)
        }
    }

    static let packets: [(String, String, Int?)] = [
        ("", "parse error", 1002),
        ("9", "parse error", 1002),
        ("x", "parse error", 1002),
        ("bAQID", "parse error", 1002),
        ("2", "transport error", 1002),
        ("2probe", "transport error", 1002),
        ("1", "transport close", nil),
    ]

    @Test("Packets that end the session", arguments: packets)
    func endingPacket(packet: String, reason: String, code: Int?) throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            wire.send(Frame.client(Frame.text, packet) + Frame.client(Frame.text, "4after"))
            let frames = wire.frames()
            #expect(frames.map(\.first) == [Frame.close])
            #expect(frames.map(\.closeCode) == [code])
            #expect(server.application.takeEvents() == ["open", "closed \(reason)"])
            #expect(server.engine.sessionCount == 0)
            wire.send(Frame.client(Frame.close, ""))
            #expect(!wire.isOpen)
        }
    }

    @Test("Packets that mean nothing here are passed over", arguments: ["0", "3", "5", "6"])
    func meaningless(packet: String) throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            wire.send(Frame.client(Frame.text, packet) + Frame.client(Frame.text, "4after"))
            #expect(server.application.takeEvents() == ["open", "text after"])
            #expect(wire.frames() == [])
        }
    }

    @Test("Random bytes end the session or wait for more; nothing else", arguments: SeededGenerator.seeds)
    func hostileBytes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let pieces = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? random.bytes(Int.random(in: 0...20, using: &random))
                    : Frame.client(
                        UInt8.random(in: 0...255, using: &random),
                        random.bytes(Int.random(in: 0...6, using: &random)))
            }
            try TestServer.run { server in
                let wire = try server.openWebSocket()
                for piece in pieces { wire.send(piece) }
                let ended = server.application.takeEvents().contains { $0.hasPrefix("closed") }
                #expect(ended == (server.engine.sessionCount == 0), "seed \(seed): \(pieces)")
            }
        }
    }
}
