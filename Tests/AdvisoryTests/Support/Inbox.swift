internal import NIOCore
internal import Synchronization

/// Keeps what a server sent until the test reads it.
final class Inbox: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private struct State {
        var bytes: [UInt8] = []
        var hasEnded = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    /// A heartbeat's ping and the masked pong that answers it, both as frames.
    private static let ping: [UInt8] = [0x81, 0x01, 0x32]
    private static let pong: [UInt8] = [0x81, 0x81, 0, 0, 0, 0, 0x33]

    private let answersPings: Bool
    private let state = Mutex(State())

    init(answersPings: Bool) {
        self.answersPings = answersPings
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        if answersPings, bytes == Self.ping {
            context.channel.writeAndFlush(ByteBuffer(bytes: Self.pong), promise: nil)
            return
        }
        change { $0.bytes += bytes }
    }

    func channelInactive(context: ChannelHandlerContext) {
        change { $0.hasEnded = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func change(_ body: (inout State) -> Void) {
        let waiter = state.withLock { state in
            body(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// The next bytes; waits for them. Nil when the connection has ended.
    func next() async -> [UInt8]? {
        while true {
            let (bytes, hasEnded) = state.withLock { state in
                defer { state.bytes = [] }
                return (state.bytes, state.hasEnded)
            }
            if !bytes.isEmpty { return bytes }
            if hasEnded { return nil }
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    guard state.bytes.isEmpty, !state.hasEnded else { return true }
                    state.waiter = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        }
    }
}
