internal import NIOCore
internal import NIOHTTP1

/// One HTTP/1.1 connection of a polling transport: a request, its answer, the next request.
///
/// Confined to its event loop. Whatever the server does, what is kept is bounded: the head by the decoder's
/// limits, the body by `maxBodyBytes`.
final class HTTPExchange: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let body: ByteBuffer
    }

    /// Why there is no answer, in words.
    struct Failure: Error {
        let what: String
    }

    private let maxBodyBytes: Int
    private var context: ChannelHandlerContext?
    private var completion: ((Result<Answer, Failure>) -> Void)?
    private var head: HTTPResponseHead?
    private var body = ByteBuffer()

    init(maxBodyBytes: Int) { self.maxBodyBytes = maxBodyBytes }

    /// Fills the pipeline of a fresh channel.
    func install(in channel: any Channel) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16_384
        limits.maxHeaderListSize = 16_384
        limits.maxHeaderFieldCount = 100
        let operations = channel.pipeline.syncOperations
        try operations.addHandler(HTTPRequestEncoder())
        try operations.addHandler(
            ByteToMessageHandler(
                HTTPResponseDecoder(
                    leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop,
                    limitConfiguration: limits)))
        try operations.addHandler(self)
    }

    /// Whether a request can be sent: the connection is open and no answer is awaited.
    var isIdle: Bool { completion == nil && context?.channel.isActive == true }

    /// Sends a request; `completion` is called once.
    func send(
        _ head: HTTPRequestHead, body: ByteBuffer?,
        completion: @escaping (Result<Answer, Failure>) -> Void
    ) {
        guard isIdle, let context else {
            completion(.failure(Failure(what: "the connection is closed")))
            return
        }
        self.completion = completion
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func close() {
        completion = nil
        context?.close(promise: nil)
    }

    private func complete(_ result: Result<Answer, Failure>) {
        let completion = self.completion
        forget()
        completion?(result)
    }

    private func forget() {
        completion = nil
        head = nil
        body = ByteBuffer()
    }

    private func fail(_ what: String, _ context: ChannelHandlerContext) {
        complete(.failure(Failure(what: what)))
        context.close(promise: nil)
    }

    // MARK: - ChannelInboundHandler

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard completion != nil else {
                fail("an answer to no request", context)
                return
            }
            self.head = head
        case .body(var part):
            guard body.readableBytes + part.readableBytes <= maxBodyBytes else {
                fail("an answer of more than \(maxBodyBytes) bytes", context)
                return
            }
            body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            let answer = Answer(status: Int(head.status.code), headers: head.headers, body: body)
            let completion = self.completion
            forget()
            // Closed before the answer is given: whoever gets it may want to send the next request.
            if !head.isKeepAlive { context.close(promise: nil) }
            completion?(.success(answer))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        complete(.failure(Failure(what: "the connection was closed")))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail("\(error)", context)
    }
}
