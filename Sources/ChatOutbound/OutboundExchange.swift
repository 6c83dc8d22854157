internal import ChatDomain
internal import ChatService
internal import NIOCore
internal import NIOHTTP1

/// One request and its answer on one connection. Confined to its event loop; what is kept of the answer is bounded.
final class OutboundExchange: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let request: OutboundRequest
    private let destination: Destination
    private let limit: Int
    private let answer: EventLoopPromise<OutboundResponse>
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(
        _ request: OutboundRequest, _ destination: Destination, limit: Int,
        answer: EventLoopPromise<OutboundResponse>
    ) {
        self.request = request
        self.destination = destination
        self.limit = limit
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        var headers = HTTPHeaders([
            ("Host", destination.authority), ("User-Agent", "Parley"), ("Accept", "*/*"),
            ("Accept-Encoding", "identity"), ("Connection", "close"),
        ])
        for (name, value) in request.headers { headers.replaceOrAdd(name: name, value: value) }
        if request.method == .post {
            headers.replaceOrAdd(name: "Content-Length", value: "\(request.body.count)")
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: request.method == .post ? .POST : .GET, uri: destination.path,
            headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !request.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body)))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(let piece):
            body += piece.readableBytesView.prefix(limit - body.count)
            // Without a length nobody can tell whether more would come: what is cut is full.
            if body.count >= limit { finish(context, isCut: true) }
        case .end: finish(context, isCut: false)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer.fail(OutboundFailure("The connection ended before the answer did."))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(error)
        context.close(promise: nil)
    }

    private func finish(_ context: ChannelHandlerContext, isCut: Bool) {
        guard let head else { return }
        answer.succeed(
            OutboundResponse(
                status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) }, body: body,
                isCut: isCut, url: request.url))
        context.close(promise: nil)
    }
}
