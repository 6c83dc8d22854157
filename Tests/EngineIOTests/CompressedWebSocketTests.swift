internal import EngineIOProtocol
internal import NIOCore
internal import NIOEmbedded
internal import Testing
internal import WebSocketProtocol

@testable internal import EngineIO

/// permessage-deflate on the connections of an engine.
struct CompressedWebSocketTests {
    static let takeover = DeflatePolicy(serverContextTakeover: true, clientContextTakeover: true)
    static let long = [0x34] + Array(repeating: UInt8(0x61), count: 5_000)
    /// Text with FIN and RSV1.
    static let compressedText: UInt8 = 0xC1

    static func configuration(
        _ policy: DeflatePolicy = .init(), maxPayload: Int = 1_000_000
    ) -> EngineConfiguration {
        EngineConfiguration(maxPayload: maxPayload, messageCompression: MessageCompression(policy: policy))
    }

    static func open(_ server: TestServer, _ offer: String = "permessage-deflate") throws -> (Wire, String?) {
        let wire = try server.connect()
        wire.upgrade("EIO=4&transport=websocket", headers: ["Sec-WebSocket-Extensions: \(offer)"])
        let answer = try #require(wire.answer())
        #expect(answer.status == 101)
        #expect(wire.frames().count == 1)
        return (wire, answer.headers["sec-websocket-extensions"])
    }

    static func deflated(_ message: [UInt8]) throws -> [UInt8] {
        let payload = DeflateTests.deflater(15)?.compress(message, allocator: DeflateTests.allocator)
        return Array(try #require(payload).readableBytesView)
    }

    @Test("It is off unless it is asked for on both sides")
    func off() throws {
        try TestServer.run { server in
            let (wire, answer) = try Self.open(server)
            #expect(answer == nil)
            wire.send(Frame.client(Self.compressedText, try Self.deflated(Self.long)))
            #expect(wire.frames().map(\.closeCode) == [1002])
        }
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.openWebSocket()
            try server.session.send(.text(Self.long))
            #expect(wire.frames() == [Frame(Frame.text, Self.long)])
            wire.send(Frame.client(Self.compressedText, try Self.deflated(Self.long)))
            #expect(wire.frames().map(\.closeCode) == [1002])
        }
    }

    @Test("A malformed field refuses the upgrade, and only where somebody reads it")
    func malformed() throws {
        try TestServer.run(Self.configuration()) { server in
            let wire = try server.connect()
            wire.upgrade(
                "EIO=4&transport=websocket", headers: ["Sec-WebSocket-Extensions: permessage-deflate;"])
            #expect(wire.answer()?.status == 400)
            #expect(!wire.isOpen)
        }
    }

    @Test("Both ways, whole and in fragments, with a ping between")
    func bothWays() throws {
        try TestServer.run(Self.configuration()) { server in
            server.application.onMessage = { $0.send($1) }
            let (wire, answer) = try Self.open(server)
            #expect(answer == "permessage-deflate; server_no_context_takeover; client_no_context_takeover")
            let payload = try Self.deflated(Self.long)
            wire.send(Frame.client(Self.compressedText, payload))
            let frames = wire.frames()
            #expect(frames.map(\.first) == [Self.compressedText])
            #expect(DeflateTests.inflate(frames.first?.payload ?? []) == .success(Self.long))
            wire.send(
                Frame.client(0x41, Array(payload.prefix(3))) + Frame.client(Frame.ping, "p")
                    + Frame.client(0x00, []) + Frame.client(0x80, Array(payload.dropFirst(3))))
            #expect(wire.frames().map(\.first) == [Frame.pong, Self.compressedText])
            // Uncompressed messages may come at any time.
            wire.send(Frame.client(Frame.text, "4short"))
            #expect(wire.packets() == ["4short"])
        }
    }

    @Test("Short, incompressible and exempted messages go as they are")
    func exempted() throws {
        try TestServer.run(Self.configuration()) { server in
            let (wire, _) = try Self.open(server)
            let session = try server.session
            var generator = SeededGenerator(seed: 1)
            let random = generator.bytes(2_000)
            let short = Array(Self.long.prefix(1_023))
            session.send(.text(short))
            session.send(.binary(random))
            session.send(.text(Self.long), options: .uncompressed)
            session.send([.text(Self.long), .binary(Self.long)])
            #expect(wire.frames().map(\.first) == [Frame.text, Frame.binary, Frame.text, 0xC1, 0xC2])
        }
    }

    @Test("A broadcast is compressed once when no window is kept")
    func broadcast() throws {
        try TestServer.run(Self.configuration()) { server in
            let wires = try (0..<10).map { _ in try Self.open(server).0 }
            let pool = server.deflatePool
            let packet = OutgoingPacket.text(Self.long)
            for session in server.application.sessions { session.send(packet) }
            let frames = wires.flatMap { $0.frames() }
            #expect(frames.count == 10 && Set(frames.map(\.payload)).count == 1)
            #expect(pool.compressions == 1)
            // The next tick knows nothing of it.
            for session in server.application.sessions { session.send(packet) }
            #expect(wires.flatMap { $0.frames() }.count == 10)
            #expect(pool.compressions == 2)
        }
    }

    @Test("With context takeover the second message is smaller than the first")
    func contextTakeover() throws {
        try TestServer.run(Self.configuration(Self.takeover)) { server in
            server.application.onMessage = { $0.send($1) }
            let (wire, answer) = try Self.open(server)
            #expect(answer == "permessage-deflate")
            var generator = SeededGenerator(seed: 2)
            let message = [0x34] + generator.bytes(3_000).map { $0 & 0x3F | 0x40 }
            let client = try #require(DeflateTests.deflater(15))
            let inflater = try #require(Inflater(windowBits: 15))
            var sizes: [Int] = []
            for _ in 0..<3 {
                let payload = try #require(client.compress(message, allocator: DeflateTests.allocator))
                wire.send(Frame.client(Self.compressedText, Array(payload.readableBytesView)))
                let frame = try #require(wire.frames().first)
                sizes.append(frame.payload.count)
                #expect(DeflateTests.inflate(frame.payload, with: inflater) == .success(message))
            }
            #expect(sizes[1] * 10 < sizes[0] && sizes[2] * 10 < sizes[0])
        }
    }

    @Test("Bombs: 1009. What is no DEFLATE: 1007. What inflates to no UTF-8: 1007")
    func hostile() throws {
        let cases: [([UInt8], Int)] = [
            (try Self.deflated([0x34] + Array(repeating: 0x61, count: 100_000)), 1009),
            ([0x07, 0xFF], 1007), ([], 1007), (try Self.deflated([0x34, 0xC3]), 1007),
        ]
        for (payload, code) in cases {
            try TestServer.run(Self.configuration(maxPayload: 50_000)) { server in
                let (wire, _) = try Self.open(server)
                wire.send(Frame.client(Self.compressedText, payload))
                #expect(wire.frames().map(\.closeCode) == [code])
                #expect(server.application.takeEvents() == ["open", "closed transport error"])
                #expect(!wire.isOpen)
            }
        }
    }

    @Test(
        "RSV1 belongs to the first frame of a message alone", arguments: [0xC0, 0xC9, 0xCA, 0xC8, 0xA1, 0x91])
    func reservedBits(first: UInt8) throws {
        try TestServer.run(Self.configuration()) { server in
            let (wire, _) = try Self.open(server)
            if first & 0x0F == 0 { wire.send(Frame.client(0x41, [0xF2])) }
            wire.send(Frame.client(first, []))
            #expect(wire.frames().map(\.closeCode) == [1002])
        }
    }

    @Test("Who sends much that inflates to more yields, and loses nothing")
    func yielding() throws {
        try TestServer.run(Self.configuration()) { server in
            let (wire, _) = try Self.open(server)
            let message = [0x34] + Array(repeating: UInt8(0x61), count: 900_000)
            let frame = Frame.client(Self.compressedText, try Self.deflated(message))
            wire.channel.pipeline.fireChannelRead(
                ByteBuffer(bytes: frame + frame + frame + Frame.client(Frame.text, "4last")))
            // Two megabytes are enough for one tick.
            #expect(server.application.events.count == 3)
            server.loop.run()
            #expect(server.application.takeEvents().last == "text last")
        }
    }

    @Test("A text that is wrong in a frame that is not whole yet is not waited for")
    func failFast() throws {
        try TestServer.run { server in
            let wire = try server.openWebSocket()
            let bytes = Frame.client(Frame.text, Array("4\u{E9}\u{20AC}".utf8) + [0xED, 0xA0, 0x80, 0x61])
            wire.send(Array(bytes.prefix(10)))
            wire.send(Array(bytes[10..<12]))
            #expect(wire.frames() == [])
            wire.send(Array(bytes[12..<14]))
            #expect(wire.frames().map(\.closeCode) == [1007])
        }
    }
}
