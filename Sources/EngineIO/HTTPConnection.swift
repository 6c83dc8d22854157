internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import WebSocketProtocol

/// One HTTP/1 connection: decides request by request whether an engine or the application answers.
///
/// 1. reads a request's head and asks the engine that owns its path, if one does;
/// 2. collects the bodies of polling POSTs up to the limit, streams other bodies;
/// 3. turns itself into a ``WebSocketConnection`` when a request asks for one and may;
/// 4. closes connections that are slow to say what they want.
///
/// Confined to its channel's event loop.
final class HTTPConnection: WheelTimer, ChannelInboundHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What the parts of the current request are for.
    enum Phase {
        /// Between two requests.
        case idle
        /// An engine's request without a body of interest; acted on at its end.
        case engineGet(EngineRequest)
        /// A polling POST whose body is being collected.
        case enginePost(PollExchange, EngineSession, ByteBuffer)
        /// Answered or refused already; the rest of the request is skipped.
        case skipping
        /// The application reads the body.
        case plain(PlainRequest.Body.Source?)
        /// The request is complete, its answer is not.
        case answering
        /// The answer that ends the connection was given; nothing more is read.
        case ended
    }

    let loop: EngineLoop
    let listener: ListenerContext
    private let upgradePipeline: UpgradePipeline
    private(set) var context: ChannelHandlerContext?
    var phase = Phase.idle
    var exchange: PollExchange?
    var keepAlive = true
    private var isClosing = false
    /// How many reads are under way, one inside the other: an answer may let the next request in.
    private var readDepth = 0
    var plainTask: Task<Void, Never>?
    /// Counts plain requests: what a responder does after the end of its own answer concerns no other.
    var plainNumber = 0
    var plainHeadWritten = false
    var plainEndWritten = false

    init(loop: EngineLoop, listener: ListenerContext, upgradePipeline: UpgradePipeline) {
        self.loop = loop
        self.listener = listener
        self.upgradePipeline = upgradePipeline
    }

    // MARK: - The connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.connections[ObjectIdentifier(self)] = self
        loop.arm(self, at: loop.now + listener.limits.headTimeout)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        loop.connections[ObjectIdentifier(self)] = nil
        loop.cancel(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let phase = self.phase
        self.phase = .skipping
        switch phase {
        case .enginePost(_, let session, _): session.loop.run { session.postAborted(tooLarge: false) }
        case .plain(let source): source?.finish(ChannelError.eof)
        case .idle, .engineGet, .skipping, .answering, .ended: break
        }
        exchange?.aborted()
        exchange = nil
        plainTask?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The pipeline's own handler has answered malformed requests with 400 before this.
        context.close(promise: nil)
    }

    override func deadlineReached(now: Int64) {
        context?.close(promise: nil)
    }

    /// The listener goes away: an idle connection ends now, a busy one after its answer.
    func closeWhenIdle() {
        isClosing = true
        if case .idle = phase { context?.close(promise: nil) }
    }

    func setReading(_ reading: Bool) {
        guard let channel = context?.channel, channel.isActive else { return }
        _ = channel.setOption(.autoRead, value: reading)
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        readDepth += 1
        defer { readDepth -= 1 }
        switch unwrapInboundIn(data) {
        case .head(let head): received(head: head, context: context)
        case .body(let bytes): received(body: bytes)
        case .end: receivedEnd(context: context)
        }
    }

    private func received(head: HTTPRequestHead, context: ChannelHandlerContext) {
        if case .ended = phase { return }
        keepAlive = head.isKeepAlive && !isClosing
        let target = head.uri
        let path = target.prefix { $0 != "?" }
        guard let engine = listener.engine(for: path) else {
            beginPlain(head: head, context: context)
            return
        }
        loop.arm(self, at: loop.now + listener.limits.bodyTimeout)
        let request = EngineRequest(
            head: head, query: RequestQuery(target.dropFirst(path.count + 1)), engine: engine)
        guard request.head.method == .POST, request.query.sid != nil else {
            phase = .engineGet(request)
            return
        }
        beginPost(request)
    }

    private func beginPost(_ request: EngineRequest) {
        switch request.verify() {
        case .success(.post(let sid)):
            guard let session = request.engine.sessions[sid] else {
                refuse(.sessionIDUnknown, request)
                return
            }
            let exchange = PollExchange(connection: self, session: session, headers: request.answerHeaders)
            self.exchange = exchange
            guard request.head.headers.first(name: "content-type") != "application/octet-stream" else {
                refuse(RequestError.badRequest, request)
                session.loop.run { session.postAborted(tooLarge: false) }
                return
            }
            let declared = request.head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            guard declared <= request.engine.configuration.maxPayload else {
                // Not one byte of it needs to be read to know.
                phase = .skipping
                exchange.respond(.payloadTooLarge)
                return
            }
            phase = .enginePost(exchange, session, ByteBuffer())
            session.loop.run { session.postBegan(exchange) }
        case .success, .failure(.badRequest): refuse(RequestError.badRequest, request)
        case .failure(let error): refuse(error, request)
        }
    }

    private func refuse(_ error: RequestError, _ request: EngineRequest) {
        let exchange = PollExchange(connection: self, session: nil, headers: request.answerHeaders)
        self.exchange = exchange
        phase = .skipping
        keepAlive = false
        exchange.respond(error)
    }

    private func received(body bytes: ByteBuffer) {
        switch phase {
        case .enginePost(let exchange, let session, var collected):
            phase = .skipping
            let limit = session.server.configuration.maxPayload
            guard collected.readableBytes + bytes.readableBytes <= limit else {
                session.loop.run { session.postAborted(tooLarge: true) }
                exchange.respond(.payloadTooLarge)
                return
            }
            if collected.readableBytes == 0 {
                collected = bytes
            } else {
                collected.writeImmutableBuffer(bytes)
            }
            phase = .enginePost(exchange, session, collected)
        case .plain(let source):
            guard let source else { return }
            if case .stopProducing = source.yield(bytes) { setReading(false) }
        case .idle, .engineGet, .skipping, .answering, .ended: break
        }
    }

    private func receivedEnd(context: ChannelHandlerContext) {
        let phase = self.phase
        self.phase = .answering
        switch phase {
        case .engineGet(let request):
            loop.cancel(self)
            act(on: request, context: context)
        case .enginePost(let exchange, let session, let body):
            loop.cancel(self)
            session.loop.run { session.received(body: body, of: exchange) }
        case .plain(let source):
            source?.finish()
            if plainEndWritten { answeredBeforeRead() }
        case .skipping: if exchange == nil { answeredBeforeRead() }
        case .ended: self.phase = .ended
        case .idle, .answering: break
        }
    }

    // MARK: - Engine requests

    private func act(on request: EngineRequest, context: ChannelHandlerContext) {
        let exchange = { (session: EngineSession?) in
            let exchange = PollExchange(connection: self, session: session, headers: request.answerHeaders)
            self.exchange = exchange
            return exchange
        }
        if request.head.method == .OPTIONS, request.engine.configuration.origins != .sameOrigin {
            exchange(nil).respondPreflight()
            return
        }
        switch request.verify() {
        case .failure(let error):
            request.isUpgrade ? refuseUpgrade(error.message, context: context) : exchange(nil).respond(error)
        case .success(.handshake(.polling)):
            let session = request.engine.makeSession(
                for: request.handshake(on: context.channel, isSecure: listener.isSecure), transport: .polling,
                loop: loop)
            session.open(webSocket: nil)
            session.received(poll: exchange(session))
        case .success(.poll(let sid)):
            guard let session = request.engine.sessions[sid] else {
                exchange(nil).respond(.sessionIDUnknown)
                return
            }
            let exchange = exchange(session)
            session.loop.run { session.received(poll: exchange) }
        case .success(.handshake(.websocket)): upgrade(request, session: nil, context: context)
        case .success(.upgrade(let sid)):
            guard let session = request.engine.sessions[sid] else {
                refuseUpgrade(RequestError.sessionIDUnknown.message, context: context)
                return
            }
            upgrade(request, session: session, context: context)
        case .success(.post): exchange(nil).respond(RequestError.badRequest)
        }
    }

    private func upgrade(_ request: EngineRequest, session: EngineSession?, context: ChannelHandlerContext) {
        let accept: String
        do {
            accept = try request.acceptWebSocket()
        } catch {
            refuseUpgrade(error.reason, status: error.status, context: context)
            return
        }
        loop.cancel(self)
        let connection = WebSocketConnection(
            channel: context.channel, loop: loop, configuration: request.engine.configuration)
        let handshake = request.handshake(on: context.channel, isSecure: listener.isSecure)
        upgradePipeline.switchToWebSocket(from: self, to: connection, accept: accept, context: context) {
            [loop] in
            if let session {
                connection.attach(probing: session)
            } else {
                let session = request.engine.makeSession(for: handshake, transport: .websocket, loop: loop)
                connection.attach(session)
                session.open(webSocket: connection)
            }
        }
    }

    private func refuseUpgrade(_ message: String, status: Int = 400, context: ChannelHandlerContext) {
        var headers = HTTPHeaders([("Connection", "close"), ("Content-Type", "text/html")])
        headers.add(name: "Content-Length", value: String(message.utf8.count))
        if status == 426 { headers.add(name: "Sec-WebSocket-Version", value: "13") }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: message)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }

    func respond(_ answer: PollExchange.Answer, to exchange: PollExchange, headers: HTTPHeaders) {
        guard let context, self.exchange === exchange else { return }
        guard readDepth < 2 else {
            // A client that sends thousands of requests at once must not find its way down the stack.
            loop.eventLoop.execute { self.respond(answer, to: exchange, headers: headers) }
            return
        }
        self.exchange = nil
        keepAlive = keepAlive && answer.keepAlive && !isClosing
        var headers = headers
        if let type = answer.contentType { headers.add(name: "Content-Type", value: type) }
        headers.add(name: "Content-Length", value: String(answer.body.count))
        if !keepAlive { headers.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !answer.body.isEmpty {
            let body = context.channel.allocator.buffer(bytes: answer.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        endAnswer(with: .end(nil), promise: nil, context: context)
    }

    /// Writes the part that completes an answer.
    ///
    /// A request that the client sent without waiting arrives inside this write. So everything about the one
    /// that is answered is settled before it.
    func endAnswer(
        with part: HTTPServerResponsePart, promise: EventLoopPromise<Void>?, context: ChannelHandlerContext
    ) {
        let stays = self.stays
        switch phase {
        case .answering:
            phase = stays ? .idle : .ended
            loop.arm(self, at: loop.now + listener.limits.idleTimeout)
            context.writeAndFlush(wrapOutboundOut(part), promise: promise)
            if !stays { context.close(promise: nil) }
            return
        case .plain(let source):
            // The answer came before the body did: what is left of it is skipped.
            source?.finish()
            phase = .plain(nil)
            setReading(true)
        case .idle, .engineGet, .enginePost, .skipping, .ended: phase = .skipping
        }
        // Closing at once could reset the connection under the client's unread answer when it still sends.
        loop.arm(self, at: loop.now + (stays ? listener.limits.bodyTimeout : 1_000))
        context.writeAndFlush(wrapOutboundOut(part), promise: promise)
    }

    /// Whether the connection is for further requests.
    var stays: Bool { keepAlive && !isClosing }

    /// The end of a request came that was answered already.
    private func answeredBeforeRead() {
        phase = stays ? .idle : .ended
        loop.arm(self, at: loop.now + listener.limits.idleTimeout)
        if !stays { context?.close(promise: nil) }
    }
}
