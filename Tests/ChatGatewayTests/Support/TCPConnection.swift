internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A connection to the server: bytes in, bytes out.
final class TCPConnection: Sendable {
    private let channel: any Channel
    private let inbox: Inbox

    private init(_ channel: any Channel, _ inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    static func open(port: Int) async throws -> TCPConnection {
        let inbox = Inbox()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(inbox))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return TCPConnection(channel, inbox)
    }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// The next bytes; nil when the server closed the connection. Waits for them, until the test's time is over.
    func receive() async -> [UInt8]? {
        await withTaskCancellationHandler {
            await inbox.next()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    func close() async { try? await channel.close().get() }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let inbox: Inbox

        init(_ inbox: Inbox) { self.inbox = inbox }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            inbox.add(Array(unwrapInboundIn(data).readableBytesView))
        }

        func channelInactive(context: ChannelHandlerContext) { inbox.end() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    /// What came and was not read yet.
    private final class Inbox: Sendable {
        private struct State {
            var pieces: [[UInt8]] = []
            var hasEnded = false
            var reader: CheckedContinuation<[UInt8]?, Never>?
        }

        private let state = Mutex(State())

        func add(_ piece: [UInt8]) {
            let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
                guard let reader = state.reader else {
                    state.pieces.append(piece)
                    return nil
                }
                state.reader = nil
                return reader
            }
            reader?.resume(returning: piece)
        }

        func end() {
            let reader = state.withLock { state in
                state.hasEnded = true
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(returning: nil)
        }

        func next() async -> [UInt8]? {
            await withCheckedContinuation { continuation in
                let ready: [UInt8]?? = state.withLock { state in
                    if !state.pieces.isEmpty { return .some(state.pieces.removeFirst()) }
                    if state.hasEnded { return .some(nil) }
                    state.reader = continuation
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        }
    }
}
