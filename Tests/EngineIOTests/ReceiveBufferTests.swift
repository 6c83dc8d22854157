internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Testing

@testable internal import EngineIO

/// All connections of a loop read into one buffer; what somebody keeps of it stays.
@Suite("The shared receive buffer", .timeLimit(.minutes(1)))
struct ReceiveBufferTests {
    /// Keeps the slices themselves, not copies, and answers each message with its length.
    private final class Keeper: EngineApplication {
        let kept = Mutex<[ByteBuffer]>([])

        func sessionOpened(_ session: EngineSession) -> any EngineSessionHandler {
            Answering(keeper: self, session: session)
        }

        private final class Answering: EngineSessionHandler, Sendable {
            let keeper: Keeper
            let session: EngineSession

            init(keeper: Keeper, session: EngineSession) { (self.keeper, self.session) = (keeper, session) }

            func received(text: ByteBuffer) {
                keeper.kept.withLock { $0.append(text) }
                session.send(.text(Array("4\(text.readableBytes)".utf8)))
            }

            func received(binary: ByteBuffer) {}
            func closed(_ reason: CloseReason) {}
        }
    }

    @Test("What a handler keeps is not written over by the next reads")
    func kept() async throws {
        let keeper = Keeper()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let listener = try await EngineListener.bind(
            host: "127.0.0.1", port: 0, group: group, loops: EngineListener.Loops(group: group),
            engines: [EngineServer(configuration: EngineConfiguration(), application: keeper)],
            logger: Logger(label: "test"))
        let address = try #require(listener.localAddress)
        let lengths = [1, 60, 3_000, 5, 4_070, 20_000, 100_000, 2]
        try await withThrowingTaskGroup(of: Void.self) { clients in
            for letter in "abcd" {
                clients.addTask { try await Self.converse(letter, lengths, at: address) }
            }
            try await clients.waitForAll()
        }
        let texts = keeper.kept.withLock { $0.map { String(buffer: $0) } }.sorted()
        let expected = "abcd".flatMap { letter in
            lengths.map { String(repeating: letter, count: $0) }
        }
        #expect(texts == expected.sorted())
        try await group.shutdownGracefully()
    }

    /// Sends messages of one letter, one after the other's answer.
    private static func converse(_ letter: Character, _ lengths: [Int], at address: SocketAddress)
        async throws
    {
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(
            to: address
        ) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        try await connection.executeThenClose { inbound, outbound in
            var unread: [UInt8] = []
            var chunks = inbound.makeAsyncIterator()
            func frame() async throws -> Frame {
                while true {
                    if let frame = Frame(takenFrom: &unread) { return frame }
                    unread += Array(try #require(try await chunks.next()).readableBytesView)
                }
            }
            try await outbound.write(ByteBuffer(string: Wire.upgrade("EIO=4&transport=websocket")))
            while Answer(takenFrom: &unread)?.status != 101 {
                unread += Array(try #require(try await chunks.next()).readableBytesView)
            }
            #expect(try await frame().text.hasPrefix("0{"))
            for length in lengths {
                let text = "4" + String(repeating: letter, count: length)
                try await outbound.write(ByteBuffer(bytes: Frame.client(Frame.text, text)))
                #expect(try await frame().text == "4\(length)")
            }
        }
    }

    @Test("A buffer that somebody keeps is not given again; one that nobody keeps is")
    func takingTurns() {
        let shared = ReceiveBuffer()
        var first = shared.take(ByteBufferAllocator())
        #expect(first.storageCapacity == ReceiveBuffer.capacity)
        first.writeString("kept")
        shared.giveBack(first)
        var second = shared.take(ByteBufferAllocator())
        second.writeString("other")
        #expect(String(buffer: first) == "kept")
        let place = second.withUnsafeReadableBytes { $0.baseAddress }
        shared.giveBack(consume second)
        let third = shared.take(ByteBufferAllocator())
        #expect(third.withVeryUnsafeBytes { $0.baseAddress } == place)
        #expect(third.readableBytes == 0)
    }

    @Test("A connection that reads much reads more at a time, and less again")
    func sizes() {
        var allocator = ReceiveAllocator(ReceiveBuffer())
        func next() -> Int { allocator.buffer(allocator: ByteBufferAllocator()).storageCapacity }
        #expect(allocator.nextBufferSize() == nil)
        #expect(next() == 16)
        _ = allocator.record(actualReadBytes: 16)
        #expect(next() == 4_096)
        for size in [8_192, 16_384, 32_768, 65_536, 65_536] {
            let full = next()
            let mayGrow = allocator.record(actualReadBytes: full)
            #expect(mayGrow)
            #expect(next() == size)
        }
        for size in [32_768, 16_384, 8_192, 4_096, 4_096] {
            _ = allocator.record(actualReadBytes: 10)
            #expect(next() == size)
        }
    }
}
