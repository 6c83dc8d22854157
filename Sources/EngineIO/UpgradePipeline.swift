internal import NIOCore
internal import NIOHTTP1

/// The HTTP handlers of one connection, and the switch that takes them out when it becomes a WebSocket.
struct UpgradePipeline {
    private let decoder: ByteToMessageHandler<HTTPRequestDecoder>

    init(limits: HTTPLimits) {
        var bounds = NIOHTTPDecoderLimitConfiguration()
        bounds.maxHeaderFieldSize = limits.maxHeaderBytes
        bounds.maxHeaderListSize = limits.maxHeaderBytes
        bounds.maxHeaderFieldCount = limits.maxHeaderFields
        decoder = ByteToMessageHandler(
            HTTPRequestDecoder(
                leftOverBytesStrategy: .forwardBytes, informationalResponseStrategy: .drop,
                limitConfiguration: bounds))
    }

    /// Puts the handlers and `connection` into a fresh pipeline.
    static func install(in channel: any Channel, loop: EngineLoop, listener: ListenerContext) throws {
        let pipeline = UpgradePipeline(limits: listener.limits)
        let connection = HTTPConnection(loop: loop, listener: listener, upgradePipeline: pipeline)
        // Channels without a socket have no such option, and keep what they have.
        try? channel.syncOptions?.setOption(.recvAllocator, value: ReceiveAllocator(loop.receiveBuffer))
        let operations = channel.pipeline.syncOperations
        try operations.addHandler(pipeline.decoder)
        try operations.addHandler(connection)
    }

    /// Takes everything out: the handshake below chose another protocol, and no byte of it has been read.
    func leave(with http: HTTPConnection, context: ChannelHandlerContext) {
        let operations = context.pipeline.syncOperations
        operations.removeHandler(decoder, promise: nil)
        operations.removeHandler(http, promise: nil)
    }

    /// Answers 101 and leaves nothing but the WebSocket in the pipeline.
    ///
    /// - Parameters:
    ///   - headers: further ones of the answer.
    ///   - attach: called when frames can be written, before any that came with the request is read.
    func switchToWebSocket(
        from http: HTTPConnection, to webSocket: WebSocketConnection, accept: String,
        headers: HTTPHeaders = [:], context: ChannelHandlerContext, attach: @escaping @Sendable () -> Void
    ) {
        var answer: HTTPHeaders = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept,
        ]
        answer.add(contentsOf: headers)
        let channel = context.channel
        var bytes = channel.allocator.buffer(capacity: 192)
        bytes.writeAnswerHead(.switchingProtocols, answer)
        // With the first packet, if one comes in this tick.
        context.write(NIOAny(bytes), promise: nil)
        webSocket.loop.flushSoon(webSocket)
        let decoder = NIOLoopBound(self.decoder, eventLoop: channel.eventLoop)
        context.pipeline.syncOperations.removeHandler(http)
            .assumeIsolated()
            .flatMapThrowing { _ in
                try channel.pipeline.syncOperations.addHandler(webSocket)
                attach()
                // What came after the request leaves the decoder as bytes and reaches the WebSocket now.
                channel.pipeline.syncOperations.removeHandler(decoder.value, promise: nil)
            }
            .whenFailure { _ in channel.close(promise: nil) }
    }
}
