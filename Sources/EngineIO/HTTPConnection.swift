internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
internal import WebSocketProtocol

/// One HTTP/1 connection, or one stream of HTTP/2: decides request by request whether an engine or the application answers.
///
/// 1. reads a request's head and asks the engine that owns its path, if one does;
/// 2. collects the bodies of polling POSTs up to the limit, streams other bodies;
/// 3. turns itself into a ``WebSocketConnection`` when a request asks for one and may;
/// 4. closes connections that are slow to say what they want.
///
/// Confined to its channel's event loop.
final class HTTPConnection: WheelTimer, ChannelDuplexHandler, RemovableChannelHandler, Flushable,
    @unchecked Sendable
{
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer

    /// What the parts of the current request are for.
    enum Phase {
        /// Between two requests.
        case idle
        /// Middlewares look at the request's head; what else came of it waits here.
        case waiting([HTTPServerRequestPart])
        /// An engine's request without a body of interest; acted on at its end.
        case engineGet(EngineRequest)
        /// A polling POST whose body is being collected.
        case enginePost(PollExchange, EngineSession, ByteBuffer)
        /// Answered or refused already; the rest of the request is skipped.
        case skipping
        /// A request to a ``WebSocketEndpoint``; acted on at its end.
        case bare(HTTPRequestHead, WebSocketEndpoint)
        /// The application reads the body.
        case plain(PlainRequest.Body.Source?)
        /// The request is complete, its answer is not.
        case answering
        /// The answer that ends the connection was given; nothing more is read.
        case ended
    }

    let loop: EngineLoop
    let listener: ListenerContext
    /// The handlers before this one; nil for a stream, which has none to take out and ends by itself.
    let upgradePipeline: UpgradePipeline?
    private(set) var context: ChannelHandlerContext?
    /// What the TLS handshake settled, once it did.
    private var tls: ConnectionTLS?

    var isStream: Bool { upgradePipeline == nil }
    var phase = Phase.idle
    var exchange: PollExchange?
    var keepAlive = true
    var isClosing = false
    /// What the client sent before it had the answer to what it sent before that.
    var ahead = CircularBuffer<HTTPServerRequestPart>(initialCapacity: 0)
    var isTakingAhead = false
    /// Whether the channel wants to read and has to wait for ``ahead``.
    var isReadHeld = false
    /// Whether something that is no HTTP came after all of ``ahead``.
    var isMalformed = false
    /// Writes the answers of the application, which come in parts, to HTTP/1.
    private(set) lazy var encoder = HTTPResponseEncoder()
    /// The application's hooks that the current request waits for.
    var hookRun: HookRun?
    /// When what came of the application's body so far must have been followed by more.
    var plainBodyDeadline: Int64 = 0
    var plainTask: Task<Void, Never>?
    /// Counts plain requests: what a responder does after the end of its own answer concerns no other.
    var plainNumber = 0
    var plainHeadWritten = false
    var plainEndWritten = false

    init(
        loop: EngineLoop, listener: ListenerContext, upgradePipeline: UpgradePipeline?,
        tls: ConnectionTLS? = nil
    ) {
        self.loop = loop
        self.listener = listener
        self.upgradePipeline = upgradePipeline
        self.tls = tls
    }

    // MARK: - The connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.connections[ObjectIdentifier(self)] = self
        loop.arm(self, at: loop.now + listener.limits.headTimeout.milliseconds)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        loop.connections[ObjectIdentifier(self)] = nil
        loop.cancel(self)
    }

    func channelActive(context: ChannelHandlerContext) {
        if !isStream, let counter = listener.connections, let key = AddressKey(context.channel.remoteAddress)
        {
            guard counter.add(key) else {
                context.close(promise: nil)
                return
            }
            // It may be a WebSocket by then, and this object gone.
            context.channel.closeFuture.whenComplete { _ in counter.remove(key) }
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        let phase = self.phase
        // What the decoder still has, or what waits, concerns nobody.
        self.phase = .ended
        ahead.removeAll()
        switch phase {
        case .enginePost(_, let session, _): session.loop.run { session.postAborted(tooLarge: false) }
        case .plain(let source): source?.finish(ChannelError.eof)
        case .idle, .waiting, .engineGet, .bare, .skipping, .answering, .ended: break
        }
        exchange?.aborted()
        exchange = nil
        plainTask?.cancel()
        hookRun?.task?.cancel()
        hookRun = nil
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // While hooks look at a request nothing is read anyway.
        if hookRun == nil { setReading(context.channel.isWritable) }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let settled = event as? ConnectionTLS {
            tls = settled
            if settled.applicationProtocol == ConnectionTLS.http2, let upgradePipeline {
                upgradePipeline.leave(with: self, context: context)
                return
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError {
            receivedNonsense(context: context)
        } else {
            context.close(promise: nil)
        }
    }

    func read(context: ChannelHandlerContext) {
        // Who sends ahead is not read until that is answered.
        if ahead.isEmpty, !isMalformed {
            context.read()
        } else {
            isReadHeld = true
        }
    }

    override func deadlineReached(now: Int64) {
        if hookRun != nil {
            hooksTimedOut()
        } else {
            context?.close(promise: nil)
        }
    }

    /// The listener goes away: an idle connection ends now, a busy one after its answer.
    func closeWhenIdle() {
        isClosing = true
        guard case .idle = phase, !isStream else { return }
        // An answer of this very tick is not to be lost.
        flush()
        context?.close(promise: nil)
    }

    /// Closes at once, whatever goes on.
    func closeNow() {
        context?.close(promise: nil)
    }

    /// A client that reads no answers is not read either: what it sent ahead would be answered into memory.
    func setReading(_ reading: Bool) {
        guard let channel = context?.channel, channel.isActive else { return }
        _ = channel.setOption(.autoRead, value: reading && channel.isWritable)
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isAnswering || !ahead.isEmpty {
            ahead.append(part)
        } else {
            received(part: part, context: context)
        }
    }

    func received(part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        if case .waiting(var parts) = phase {
            phase = .idle
            parts.append(part)
            phase = .waiting(parts)
            return
        }
        switch part {
        case .head(let head): received(head: head, context: context)
        case .body(let bytes): received(body: bytes)
        case .end: receivedEnd(context: context)
        }
    }

    private func received(head: HTTPRequestHead, context: ChannelHandlerContext) {
        if case .ended = phase { return }
        var head = head
        // A stream is no connection that could become another thing.
        if isStream { head.headers.remove(name: "upgrade") }
        keepAlive = (isStream || head.isKeepAlive) && !isClosing
        let target = head.uri
        let mark = target.utf8.index(target.startIndex, offsetBy: RequestQuery.start(in: target.utf8.span))
        let path = target[..<mark]
        // A request that wants another protocol is the last that the decoder reads.
        if head.headers.contains(name: "upgrade") { keepAlive = false }
        if let endpoint = listener.endpoint(for: path) {
            loop.arm(self, at: loop.now + listener.limits.bodyTimeout.milliseconds)
            phase = .bare(head, endpoint)
            return
        }
        guard let engine = listener.engine(for: path) else {
            if !answerFile(path, to: head) { beginPlain(head: head, context: context) }
            return
        }
        loop.arm(self, at: loop.now + listener.limits.bodyTimeout.milliseconds)
        let info = HandshakeRequest(
            head: head, remoteAddress: context.channel.remoteAddress, isSecure: listener.isSecure,
            tls: tls)
        let request = EngineRequest(
            info: info, query: RequestQuery(Substring(target.utf8[mark...].dropFirst())), engine: engine)
        if engine.configuration.hooks.middlewares.isEmpty || request.answersPreflight {
            begin(request)
        } else {
            runMiddlewares(for: request)
        }
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
            plainReceived(bytes, for: source)
        case .idle, .waiting, .engineGet, .bare, .skipping, .answering, .ended: break
        }
    }

    private func receivedEnd(context: ChannelHandlerContext) {
        let phase = self.phase
        self.phase = .answering
        switch phase {
        case .engineGet(let request):
            loop.cancel(self)
            act(on: request)
        case .bare(let head, let endpoint):
            loop.cancel(self)
            acceptBareWebSocket(head, endpoint, context: context)
        case .enginePost(let exchange, let session, let body):
            loop.cancel(self)
            session.loop.run { session.received(body: body, of: exchange) }
        case .plain(let source):
            loop.cancel(self)
            source?.finish()
            if plainEndWritten { answeredBeforeRead() }
        case .skipping: if exchange == nil { answeredBeforeRead() }
        case .ended: self.phase = .ended
        case .idle, .waiting, .answering: break
        }
    }
}
