internal import NIOCore
internal import NIOEmbedded

/// The client's end of a connection: bytes in, bytes out.
struct Wire: Sendable {
    let channel: NIOAsyncTestingChannel
    /// The server; it must not end before its connections do.
    private let stack: Stack

    init(_ channel: NIOAsyncTestingChannel, _ stack: Stack) {
        self.channel = channel
        self.stack = stack
    }

    /// The server gets these bytes in one piece; returns when it has done all that follows at once.
    func send(_ bytes: [UInt8]) async {
        let buffer = ByteBuffer(bytes: bytes)
        channel.testingEventLoop.execute { [channel] in
            channel.pipeline.fireChannelRead(buffer)
            channel.pipeline.fireChannelReadComplete()
        }
        await stack.settle()
    }

    /// The next bytes of the server; nil when it closed the connection. Waits for them, until the test's time is over.
    func receive() async throws -> [UInt8]? {
        do {
            return try await withTaskCancellationHandler {
                Array(try await channel.waitForOutboundWrite(as: ByteBuffer.self).readableBytesView)
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch ChannelError.ioOnClosedChannel {
            return nil
        }
    }

    /// The bytes that the server has written already.
    func receiveNow() async throws -> [UInt8] {
        await stack.settle()
        var all: [UInt8] = []
        while let buffer = try await channel.readOutbound(as: ByteBuffer.self) {
            all += buffer.readableBytesView
        }
        return all
    }

    /// The client is gone without a word.
    func cut() async {
        channel.close(promise: nil)
        await stack.settle()
    }

    /// The network under the connection fails.
    func fail() async {
        channel.testingEventLoop.execute { [channel] in
            channel.pipeline.fireErrorCaught(ChannelError.inputClosed)
        }
        await stack.settle()
    }

    /// The system takes no more bytes, or takes them again.
    func setWritable(_ writable: Bool) async {
        channel.isWritable = writable
        channel.testingEventLoop.execute { [channel] in channel.pipeline.fireChannelWritabilityChanged() }
        await stack.settle()
    }

    /// Whether the server reads on; it does until it says otherwise.
    var isRead: Bool {
        for (option, value) in channel.options where option is ChannelOptions.Types.AutoReadOption {
            return value as? Bool ?? true
        }
        return true
    }
}
