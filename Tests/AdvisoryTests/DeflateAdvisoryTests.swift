internal import NIOCore
internal import SocketIO
internal import Testing

@testable internal import EngineIO

/// Decompression bombs by WebSocket, and deflate streams that are none (docs/threat-model.md, T56).
@Suite("Advisories: permessage-deflate", .serialized, .timeLimit(.minutes(2)))
struct DeflateAdvisoryTests {
    private static let offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"

    private static func configuration() -> Configuration {
        HostileServer.brief { $0.engine.messageCompression = MessageCompression() }
    }

    private static func deflated(_ message: [UInt8]) throws -> [UInt8] {
        let parameters = Deflater.Parameters(windowBits: 15, compression: MessageCompression(level: 9))
        let deflater = try #require(Deflater(parameters))
        let bytes = try #require(deflater.compress(message, allocator: ByteBufferAllocator()))
        return Array(bytes.readableBytesView)
    }

    private static func joined(_ server: HostileServer) async throws -> Peer {
        let peer = try await server.connect()
        let reply = try await peer.ask("GET", "EIO=4&transport=websocket", Peer.upgradeFields + [offer])
        #expect(reply.field("sec-websocket-extensions")?.hasPrefix("permessage-deflate") == true)
        guard case .text = await peer.frame() else { throw Peer.Unexpected(what: "no open packet") }
        await peer.send(.text("40"))
        guard case .text = await peer.frame() else { throw Peer.Unexpected(what: "not joined") }
        return peer
    }

    @Test("T56: what unpacks to more than a message may hold ends with 1009, whole or in fragments")
    func bombs() async throws {
        let bomb = try Self.deflated([UInt8](repeating: 0x34, count: 20_000_000))
        #expect(bomb.count < 100_000)
        try await HostileServer.run(Self.configuration()) { server in
            let whole = try await Self.joined(server)
            await whole.send(.init(first: 0xC1, payload: bomb))
            #expect(await whole.framesToTheEnd().last == .close(1009))

            let cut = try await Self.joined(server)
            let half = bomb.count / 2
            await cut.send(
                .init(first: 0x41, payload: Array(bomb[..<half])),
                .init(first: 0x80, payload: Array(bomb[half...])))
            #expect(await cut.framesToTheEnd().last == .close(1009))
        }
    }

    @Test(
        "T56: bytes that are no deflate stream end with a close code of their own",
        arguments: [
            [0xFF], [0x07], [0xFF, 0xFF, 0xFF, 0xFF], [0x01, 0x05, 0x00, 0x00, 0x00], [0x4B],
            [UInt8](repeating: 0xFE, count: 70_000),
        ] as [[UInt8]])
    func garbage(_ bytes: [UInt8]) async throws {
        try await HostileServer.run(Self.configuration()) { server in
            let peer = try await Self.joined(server)
            await peer.send(.init(first: 0xC2, payload: bytes))
            let last = await peer.framesToTheEnd().last
            guard case .close(let code) = last else {
                Issue.record("no close frame: \(String(describing: last))")
                return
            }
            #expect(code.map { [1002, 1007, 1009].contains($0) } ?? true)
        }
    }

    @Test("T56: a hundred messages that unpack to the most that is allowed cost the neighbours nothing")
    func manyLargeMessages() async throws {
        let text = "42[\"x\",\"" + String(repeating: "a", count: 990_000) + "\"]"
        let message = try Self.deflated(Array(text.utf8))
        try await HostileServer.run(Self.configuration()) { server in
            let peer = try await Self.joined(server)
            let frame = ClientFrame(first: 0xC1, payload: message).bytes
            await peer.send((0..<100).flatMap { _ in frame })
            #expect(await peer.isAnswered(1))
        }
    }
}
