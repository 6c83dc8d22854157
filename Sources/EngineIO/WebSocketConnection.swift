internal import EngineIOProtocol
internal import NIOCore
internal import WebSocketProtocol

/// One WebSocket of a session: the driver of the frame decoder and the message assembler.
///
/// The only handler of its channel. Confined to the channel's event loop, except for what says otherwise.
/// An idle connection holds no buffers: bytes are kept only while a frame or a message is incomplete.
final class WebSocketConnection: WheelTimer, ChannelInboundHandler, RemovableChannelHandler, Flushable,
    @unchecked Sendable
{
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Milliseconds that a closing handshake may take.
    private static let closeTimeout: Int64 = 5_000

    /// Inflated bytes after which the other connections of the loop have their turn.
    private static let inflateBudget = 1 << 20

    private enum Role {
        case unattached
        case probing(EngineSession)
        case carrying(EngineSession)
        case bare(any WebSocketHandler)
    }

    let channel: any Channel
    /// The handler's place in the channel's pipeline; to be used on the channel's loop.
    private(set) var context: ChannelHandlerContext?
    let loop: EngineLoop
    let deflate: MessageDeflate?
    private let maxMessage: Int
    let form: PacketForm
    private let decoder: FrameDecoder
    private var assembler: MessageAssembler
    private var utf8 = UTF8Validator()
    private var role = Role.unattached
    /// Bytes of an incomplete frame, or of frames that were not read yet.
    private var unread: ByteBuffer?
    /// Payloads of an incomplete message.
    private var message: ByteBuffer?
    /// Payload bytes of the incomplete frame that were looked at already, and what they are so far.
    private var foreseen = 0
    private var foreseenUTF8 = UTF8Validator()
    private var messageKind = MessageKind.text
    private var messageIsCompressed = false
    /// The answer to the last ping, while the system takes no bytes.
    private var latePong: [UInt8]?
    private var isReading = true
    /// Much was inflated in this tick; what is left waits for the next.
    private var isYielding = false
    private var inflated = 0
    /// A close frame or a violation came: nothing that follows concerns anybody.
    private var isDeaf = false
    var closeSent = false

    init(
        channel: any Channel, loop: EngineLoop, form: PacketForm, limits: WebSocketLimits,
        deflate: MessageDeflate?
    ) {
        self.channel = channel
        self.loop = loop
        self.form = form
        self.deflate = deflate
        maxMessage = limits.maxMessage
        decoder = FrameDecoder(
            role: .server, maxPayload: limits.maxMessage, allowedRSV: deflate == nil ? 0 : FrameHeader.rsv1)
        assembler = MessageAssembler(maxMessage: limits.maxMessage, maxFragments: limits.maxFragments)
    }

    func attach(_ session: EngineSession) {
        role = .carrying(session)
    }

    func attach(probing session: EngineSession) {
        role = .probing(session)
        session.loop.run { session.received(probe: self) }
    }

    func attach(_ handler: any WebSocketHandler) {
        role = .bare(handler)
    }

    /// Whoever hears of this connection hears of nothing more.
    func detach() {
        role = .unattached
    }

    /// The session moved to this WebSocket. May be called from any loop.
    func upgraded() {
        loop.run {
            if case .probing(let session) = self.role { self.role = .carrying(session) }
        }
    }

    // MARK: - The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.webSockets[ObjectIdentifier(self)] = self
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        loop.webSockets[ObjectIdentifier(self)] = nil
        loop.cancel(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended(.transportClose, .connectionLost)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, let payload = latePong {
            latePong = nil
            writeFrame(.pong, ByteBuffer(bytes: payload))
        }
        switch role {
        case .carrying(let session):
            if context.channel.isWritable { session.loop.run { session.webSocketBecameWritable() } }
        // Who does not read is not read.
        case .bare: setReading(context.channel.isWritable)
        case .probing, .unattached: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ended(.transportError, .connectionFailed)
        context.close(promise: nil)
    }

    override func deadlineReached(now: Int64) {
        channel.close(promise: nil)
    }

    private func ended(_ reason: CloseReason, _ detail: CloseDetail) {
        let last = role
        role = .unattached
        unread = nil
        message = nil
        switch last {
        case .unattached: break
        case .probing(let session), .carrying(let session):
            session.loop.run { session.webSocketEnded(self, reason: reason, detail) }
        case .bare(let handler): handler.closed()
        }
    }

    // MARK: - Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        let bytes = unwrapInboundIn(data)
        defer { loop.receiveBuffer.giveBack(bytes) }
        guard var kept = takeUnread() else {
            decode(bytes, isOwn: false)
            return
        }
        kept.writeImmutableBuffer(bytes)
        decode(consume kept, isOwn: true)
    }

    private func takeUnread() -> ByteBuffer? {
        defer { unread = nil }
        return unread
    }

    /// - Parameter isOwn: whether the buffer was made here, to collect what came in pieces.
    private func decode(_ input: consuming ByteBuffer, isOwn: Bool) {
        var bytes = consume input
        var isAtHeader = true
        do throws(WebSocketViolation) {
            while isReading, !isYielding, bytes.readableBytes > 0, !isDeaf {
                isAtHeader = true
                guard let header = try decoder.decodeHeader(bytes.readableBytesUInt8Span) else { break }
                isAtHeader = false
                guard bytes.readableBytes - header.headerLength >= header.payloadLength else {
                    try foresee(header, bytes)
                    break
                }
                foreseen = 0
                bytes.moveReaderIndex(forwardBy: header.headerLength)
                if let key = header.maskingKey { unmask(bytes, header.payloadLength, key) }
                let payload = bytes.readSlice(length: header.payloadLength) ?? ByteBuffer()
                let frame = try assembler.receive(header)
                try received(frame, payload: payload, isCompressed: header.rsv & FrameHeader.rsv1 != 0)
            }
        } catch {
            fail(error, at: isAtHeader ? bytes : nil)
            return
        }
        guard bytes.readableBytes > 0, !isDeaf else { return }
        // The buffer of one read would be kept alive by a few bytes of it; our own is kept as long as most
        // of it is unread, so that a long frame in many pieces is not copied for each of them.
        unread =
            isOwn && bytes.readerIndex < bytes.readableBytes ? bytes : ByteBuffer(bytes.readableBytesView)
    }

    /// Takes the mask off the first bytes, where they lie.
    ///
    /// The channel still holds the buffer that it has read into, so a mutation in the words of `ByteBuffer` would copy all of it for
    /// each read. The channel does not look at the bytes again, and nobody else has seen them yet.
    private func unmask(_ bytes: ByteBuffer, _ length: Int, _ key: UInt32) {
        bytes.withUnsafeReadableBytes { readable in
            let start = UnsafeMutableRawPointer(mutating: readable.baseAddress)
            Masking.apply(key: key, offset: 0, to: UnsafeMutableRawBufferPointer(start: start, count: length))
        }
    }

    /// Looks at the part of a text frame that is here: text that is wrong already is not waited for
    /// (RFC 6455 section 8.1). The whole frame is judged again when it is complete.
    private func foresee(_ header: FrameHeader, _ bytes: ByteBuffer) throws(WebSocketViolation) {
        let isText =
            switch header.opcode {
            case .text: header.rsv == 0
            case .continuation: message != nil && messageKind == .text && !messageIsCompressed
            case .binary, .close, .ping, .pong: false
            }
        let available = bytes.readableBytes - header.headerLength
        guard isText, available > foreseen else { return }
        if foreseen == 0 { foreseenUTF8 = header.opcode == .text ? UTF8Validator() : utf8 }
        let start = bytes.readerIndex + header.headerLength + foreseen
        guard let slice = bytes.getSlice(at: start, length: available - foreseen) else { return }
        var part = ByteBuffer(slice.readableBytesView)
        if let key = header.maskingKey {
            let offset = foreseen
            part.withUnsafeMutableReadableBytes { Masking.apply(key: key, offset: offset, to: $0) }
        }
        guard foreseenUTF8.feed(part.readableBytesUInt8Span) else { throw .invalidUTF8 }
        foreseen = available
    }

    private func received(
        _ frame: OnFrame, payload: ByteBuffer, isCompressed: Bool
    ) throws(WebSocketViolation) {
        guard !closeSent || frame == .close else {
            // What the peer sent before it saw our close frame concerns nobody any more.
            return
        }
        switch frame {
        case .message(let kind):
            let whole = isCompressed ? try inflate(payload) : payload
            if kind == .text, !UTF8Validator.isValid(whole.readableBytesUInt8Span) { throw .invalidUTF8 }
            deliver(kind, whole)
        case .firstFragment(let kind):
            messageKind = kind
            messageIsCompressed = isCompressed
            utf8.reset()
            message = ByteBuffer()
            try append(payload)
        case .fragment: try append(payload)
        case .lastFragment(let kind):
            try append(payload)
            var whole = message ?? ByteBuffer()
            message = nil
            if messageIsCompressed {
                whole = try inflate(whole)
                if kind == .text, !utf8.feed(whole.readableBytesUInt8Span) { throw .invalidUTF8 }
            }
            guard kind == .binary || utf8.isComplete else { throw .invalidUTF8 }
            deliver(kind, whole)
        case .ping: answerPing(payload)
        case .pong: break
        case .close:
            isDeaf = true
            let close = try ClosePayload.parse(payload.readableBytesUInt8Span)
            ended(.transportClose, .closeFrame(code: close.code?.rawValue))
            writeCloseAndEnd(close.code, reason: "")
        }
    }

    /// Who does not read gets one pong when it does, for the last ping (RFC 6455 section 5.5.3), not all of them.
    private func answerPing(_ payload: ByteBuffer) {
        if channel.isWritable {
            writeFrame(.pong, payload)
        } else {
            latePong = Array(payload.readableBytesView)
        }
    }

    private func append(_ payload: ByteBuffer) throws(WebSocketViolation) {
        if messageKind == .text, !messageIsCompressed, !utf8.feed(payload.readableBytesUInt8Span) {
            throw .invalidUTF8
        }
        message?.writeImmutableBuffer(payload)
    }

    private func inflate(_ payload: ByteBuffer) throws(WebSocketViolation) -> ByteBuffer {
        // RSV1 passes the decoder only where compression was agreed on.
        guard let deflate else { throw .reservedBits }
        let whole = try deflate.inflate(payload, limit: maxMessage)
        inflated += whole.readableBytes
        if inflated > Self.inflateBudget, !isYielding { yield() }
        return whole
    }

    /// A kilobyte can become a megabyte: who sends many of them gets its turn like everybody else.
    private func yield() {
        isYielding = true
        _ = channel.setOption(.autoRead, value: false)
        loop.eventLoop.execute { [self] in
            inflated = 0
            isYielding = false
            applyReading()
        }
    }

    private func deliver(_ kind: MessageKind, _ payload: ByteBuffer) {
        switch role {
        case .unattached: break
        case .carrying(let session):
            // Most sessions live where their WebSocket does: then a message needs no closure.
            guard session.loop === loop else {
                session.loop.run { self.deliver(kind, payload, to: session) }
                return
            }
            deliver(kind, payload, to: session)
        case .probing(let session):
            let span = payload.readableBytesUInt8Span
            let type = kind == .text ? try? PacketDecoder.type(ofText: span) : nil
            let isProbe = PacketDecoder.isProbe(span)
            session.loop.run {
                // On another loop the session may have moved here before this connection has heard of it.
                if session.webSocket === self {
                    self.deliver(kind, payload, to: session)
                } else {
                    session.probeReceived(type, isProbe: isProbe, on: self)
                }
            }
        case .bare(let handler):
            kind == .text ? handler.received(text: payload) : handler.received(binary: payload)
        }
    }

    private func deliver(_ kind: MessageKind, _ payload: ByteBuffer, to session: EngineSession) {
        do throws(EngineViolation) {
            switch (form.version, kind) {
            case (.v4, .binary): session.received(binary: payload)
            case (.v4, .text):
                let type = try PacketDecoder.type(ofText: payload.readableBytesUInt8Span)
                var text = payload
                text.moveReaderIndex(forwardBy: 1)
                session.received(type, text: text)
            case (.v3, _):
                let packet = try PacketDecoder.decode(
                    payload.readableBytesUInt8Span, at: 0..<payload.readableBytes, isBinary: kind == .binary,
                    version: .v3)
                try session.received(packet, in: payload)
            }
        } catch {
            session.webSocketEnded(self, reason: error.closeReason, .packet(error))
            close(code: .protocolError)
        }
    }

    /// - Parameter header: the frame, when already its header was refused.
    private func fail(_ violation: WebSocketViolation, at header: ByteBuffer?) {
        isDeaf = true
        let size = header.flatMap { FrameDecoder.announcedLength($0.readableBytesUInt8Span) }
        ended(
            .transportError,
            violation == .messageTooBig
                ? .messageTooBig(limit: maxMessage, size: size) : .frame(violation))
        // The peer may still be sending what it was told not to: it is not waited for.
        writeCloseAndEnd(violation.closeCode, reason: violation.reason)
    }

    /// Stops or goes on reading. May be called from any loop.
    func setReading(_ reading: Bool) {
        loop.run { [self] in
            guard isReading != reading, channel.isActive else { return }
            isReading = reading
            if !isYielding { applyReading() }
        }
    }

    private func applyReading() {
        guard channel.isActive else { return }
        _ = channel.setOption(.autoRead, value: isReading)
        if isReading, let kept = takeUnread() { decode(kept, isOwn: true) }
    }
}
