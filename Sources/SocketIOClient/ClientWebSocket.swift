internal import NIOCore
internal import WebSocketProtocol

/// What a client's WebSocket tells its owner, on its event loop. After the end nothing follows.
protocol ClientWebSocketOwner: AnyObject {
    func webSocketOpened(_ webSocket: ClientWebSocket)
    func webSocketReceived(_ webSocket: ClientWebSocket, _ kind: MessageKind, _ payload: ByteBuffer)
    func webSocketBecameWritable(_ webSocket: ClientWebSocket)
    func webSocketEnded(_ webSocket: ClientWebSocket, _ end: ClientWebSocket.End)
}

/// One WebSocket of a client: the opening handshake, then frames.
///
/// The only handler of its channel (but for TLS). Confined to the channel's event loop. Nothing is kept but
/// an incomplete frame and an incomplete message, both bounded.
final class ClientWebSocket: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How a WebSocket ended.
    struct End {
        /// Whether it failed; otherwise it was closed.
        let isError: Bool
        let what: String
    }

    private static let closeTimeout = TimeAmount.seconds(5)

    private let handshake: ClientHandshake
    private let request: [UInt8]
    private let decoder: FrameDecoder
    private var assembler: MessageAssembler
    private var utf8 = UTF8Validator()
    /// How much of the incomplete frame's text has been looked at, and what was seen.
    private var foreseen = 0
    private var foreseenUTF8 = UTF8Validator()
    private weak var owner: (any ClientWebSocketOwner)?
    private var context: ChannelHandlerContext?
    private var isOpen = false
    private var unread: ByteBuffer?
    private var message: ByteBuffer?
    private var messageKind = MessageKind.text
    private var isReading = true
    private var closeSent = false
    private var closeReceived = false
    private var masks = SystemRandomNumberGenerator()

    init(
        owner: any ClientWebSocketOwner, handshake: ClientHandshake, request: [UInt8], maxMessage: Int,
        maxFragments: Int = 1024
    ) {
        self.owner = owner
        self.handshake = handshake
        self.request = request
        decoder = FrameDecoder(role: .client, maxPayload: maxMessage)
        assembler = MessageAssembler(maxMessage: maxMessage, maxFragments: maxFragments)
    }

    /// Whether the system takes more bytes.
    var isWritable: Bool { context?.channel.isWritable ?? false }

    // MARK: - The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { sendRequest(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        sendRequest(context)
        context.fireChannelActive()
    }

    private func sendRequest(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: request)), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended(End(isError: !isOpen, what: "the connection was closed"))
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { owner?.webSocketBecameWritable(self) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The end itself is about to be reported.
        if error is ClientTLSReporter.Cut { return }
        ended(End(isError: true, what: "\(error)"))
        context.close(promise: nil)
    }

    private func ended(_ end: End) {
        let owner = self.owner
        self.owner = nil
        unread = nil
        message = nil
        owner?.webSocketEnded(self, end)
    }

    // MARK: - Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if var kept = unread {
            unread = nil
            kept.writeBuffer(&bytes)
            bytes = kept
        }
        guard isOpen || readHandshake(&bytes) else { return }
        decode(&bytes)
    }

    /// True when the connection is a WebSocket; its frames are left in `bytes`.
    private func readHandshake(_ bytes: inout ByteBuffer) -> Bool {
        do {
            switch try handshake.read(bytes.readableBytesUInt8Span) {
            case .incomplete:
                unread = bytes
                return false
            case .accepted(let length):
                bytes.moveReaderIndex(forwardBy: length)
                isOpen = true
                owner?.webSocketOpened(self)
                return true
            case .refused(let status):
                ended(End(isError: true, what: "HTTP \(status) to a WebSocket handshake"))
            }
        } catch {
            ended(End(isError: true, what: "WebSocket handshake: \(error)"))
        }
        context?.close(promise: nil)
        return false
    }

    private func decode(_ bytes: inout ByteBuffer) {
        let start = bytes.readerIndex
        do throws(WebSocketViolation) {
            while isReading, bytes.readableBytes > 0, !closeReceived {
                guard let header = try decoder.decodeHeader(bytes.readableBytesUInt8Span) else { break }
                guard bytes.readableBytes - header.headerLength >= header.payloadLength else {
                    try foresee(header, bytes)
                    break
                }
                foreseen = 0
                bytes.moveReaderIndex(forwardBy: header.headerLength)
                let payload = bytes.readSlice(length: header.payloadLength) ?? ByteBuffer()
                try received(try assembler.receive(header), payload)
            }
        } catch {
            writeClose(error.closeCode, reason: error.reason)
            ended(End(isError: true, what: error.reason))
            context?.close(promise: nil)
            return
        }
        guard bytes.readableBytes > 0, !closeReceived else { return }
        // A frame that trickles in is appended to, not copied, or each byte would cost as much as the frame.
        unread = bytes.readerIndex == start ? bytes : ByteBuffer(bytes.readableBytesView)
    }

    /// Looks at the part of a text frame that is here: text that is wrong already is not waited for
    /// (RFC 6455 section 8.1). The whole frame is judged again when it is complete.
    private func foresee(_ header: FrameHeader, _ bytes: ByteBuffer) throws(WebSocketViolation) {
        let continues = header.opcode == .continuation && message != nil && messageKind == .text
        guard header.opcode == .text || continues else { return }
        let available = bytes.readableBytes - header.headerLength
        if foreseen == 0 { foreseenUTF8 = continues ? utf8 : UTF8Validator() }
        let start = bytes.readerIndex + header.headerLength + foreseen
        guard let part = bytes.getSlice(at: start, length: available - foreseen) else { return }
        guard foreseenUTF8.feed(part.readableBytesUInt8Span) else { throw .invalidUTF8 }
        foreseen = available
    }

    private func received(_ frame: OnFrame, _ payload: ByteBuffer) throws(WebSocketViolation) {
        guard !closeSent || frame == .close else { return }
        switch frame {
        case .message(let kind):
            if kind == .text, !UTF8Validator.isValid(payload.readableBytesUInt8Span) { throw .invalidUTF8 }
            owner?.webSocketReceived(self, kind, payload)
        case .firstFragment(let kind):
            messageKind = kind
            utf8.reset()
            message = ByteBuffer()
            try append(payload)
        case .fragment: try append(payload)
        case .lastFragment(let kind):
            try append(payload)
            guard kind == .binary || utf8.isComplete else { throw .invalidUTF8 }
            let whole = message ?? ByteBuffer()
            message = nil
            owner?.webSocketReceived(self, kind, whole)
        case .ping: writeFrame(.pong, Array(payload.readableBytesView))
        case .pong: break
        case .close:
            closeReceived = true
            let close = try ClosePayload.parse(payload.readableBytesUInt8Span)
            writeClose(close.code, reason: "")
            ended(End(isError: false, what: "the server closed with code \(close.code?.rawValue ?? 1005)"))
            context?.close(promise: nil)
        }
    }

    private func append(_ payload: ByteBuffer) throws(WebSocketViolation) {
        if messageKind == .text, !utf8.feed(payload.readableBytesUInt8Span) { throw .invalidUTF8 }
        message?.writeImmutableBuffer(payload)
    }

    /// Stops or goes on reading.
    func setReading(_ reading: Bool) {
        guard isReading != reading else { return }
        isReading = reading
        guard let channel = context?.channel, channel.isActive else { return }
        _ = channel.setOption(.autoRead, value: reading)
        if reading, isOpen, var kept = unread {
            unread = nil
            decode(&kept)
        }
    }

    // MARK: - Writing

    /// Writes messages as masked frames, all of them in one buffer (RFC 6455, section 5.3).
    func write(_ messages: [(kind: MessageKind, bytes: [UInt8])], promise: EventLoopPromise<Void>?) {
        guard let context, isOpen, !closeSent else {
            promise?.fail(ClientError.disconnected)
            return
        }
        var buffer = context.channel.allocator.buffer(
            capacity: messages.reduce(0) { $0 + $1.bytes.count + 14 })
        for message in messages {
            appendFrame(message.kind == .text ? .text : .binary, message.bytes, to: &buffer)
        }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
    }

    private func appendFrame(_ opcode: Opcode, _ payload: [UInt8], to buffer: inout ByteBuffer) {
        // A fresh key that nobody can foresee, for each frame.
        let key = UInt32.random(in: 0...(.max), using: &masks)
        _ = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 14) { target in
            FrameEncoder.writeHeader(
                opcode: opcode, payloadLength: payload.count, maskingKey: key, into: target)
        }
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: payload.count) { target in
            target.copyBytes(from: payload)
            Masking.apply(
                key: key, offset: 0, to: UnsafeMutableRawBufferPointer(rebasing: target[..<payload.count]))
            return payload.count
        }
    }

    private func writeFrame(_ opcode: Opcode, _ payload: [UInt8]) {
        guard !closeSent, let context else { return }
        var buffer = context.channel.allocator.buffer(capacity: payload.count + 14)
        appendFrame(opcode, payload, to: &buffer)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    private func writeClose(_ code: CloseCode?, reason: String) {
        guard isOpen, !closeSent else { return }
        writeFrame(.close, ClosePayload(code: code, reason: reason).encode())
        closeSent = true
    }

    /// Starts the closing handshake; the owner hears of nothing more.
    func close(code: CloseCode? = nil) {
        owner = nil
        guard let context else { return }
        guard isOpen, !closeSent, context.channel.isActive else {
            context.close(promise: nil)
            return
        }
        writeClose(code, reason: "")
        setReading(true)
        let channel = context.channel
        channel.eventLoop.scheduleTask(in: Self.closeTimeout) { channel.close(promise: nil) }
    }
}
