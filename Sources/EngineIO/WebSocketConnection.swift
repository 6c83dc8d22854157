internal import EngineIOProtocol
internal import NIOCore
internal import WebSocketProtocol

/// One WebSocket of a session: the driver of the frame decoder and the message assembler.
///
/// The only handler of its channel. Confined to the channel's event loop, except for what says otherwise.
/// An idle connection holds no buffers: bytes are kept only while a frame or a message is incomplete.
final class WebSocketConnection: WheelTimer, ChannelInboundHandler, RemovableChannelHandler,
    @unchecked Sendable
{
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Milliseconds that a closing handshake may take.
    private static let closeTimeout: Int64 = 5_000

    private enum Role {
        case unattached
        case probing(EngineSession)
        case carrying(EngineSession)
    }

    private let channel: any Channel
    let loop: EngineLoop
    private let form: PacketForm
    private let decoder: FrameDecoder
    private var assembler: MessageAssembler
    private var utf8 = UTF8Validator()
    private var role = Role.unattached
    /// Bytes of an incomplete frame.
    private var unread: ByteBuffer?
    /// Payloads of an incomplete message.
    private var message: ByteBuffer?
    private var messageKind = MessageKind.text
    private var isReading = true
    private var closeSent = false
    private var closeReceived = false

    init(channel: any Channel, loop: EngineLoop, form: PacketForm, configuration: EngineConfiguration) {
        self.channel = channel
        self.loop = loop
        self.form = form
        decoder = FrameDecoder(role: .server, maxPayload: configuration.maxPayload)
        assembler = MessageAssembler(maxMessage: configuration.maxPayload)
    }

    func attach(_ session: EngineSession) {
        role = .carrying(session)
    }

    func attach(probing session: EngineSession) {
        role = .probing(session)
        session.loop.run { session.received(probe: self) }
    }

    /// The session moved to this WebSocket. May be called from any loop.
    func upgraded() {
        loop.run {
            if case .probing(let session) = self.role { self.role = .carrying(session) }
        }
    }

    // MARK: - The channel

    func handlerAdded(context: ChannelHandlerContext) {
        loop.webSockets[ObjectIdentifier(self)] = self
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        loop.webSockets[ObjectIdentifier(self)] = nil
        loop.cancel(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended(.transportClose)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable, case .carrying(let session) = role else { return }
        session.loop.run { session.webSocketBecameWritable() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ended(.transportError)
        context.close(promise: nil)
    }

    override func deadlineReached(now: Int64) {
        channel.close(promise: nil)
    }

    private func ended(_ reason: CloseReason) {
        let last = role
        role = .unattached
        unread = nil
        message = nil
        switch last {
        case .unattached: break
        case .probing(let session), .carrying(let session):
            session.loop.run { session.webSocketEnded(self, reason: reason) }
        }
    }

    // MARK: - Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if var kept = unread {
            unread = nil
            kept.writeImmutableBuffer(bytes)
            bytes = kept
        }
        decode(bytes)
    }

    private func decode(_ input: ByteBuffer) {
        var bytes = input
        do throws(WebSocketViolation) {
            while isReading, bytes.readableBytes > 0, !closeReceived {
                guard let header = try decoder.decodeHeader(bytes.readableBytesUInt8Span) else { break }
                guard bytes.readableBytes - header.headerLength >= header.payloadLength else { break }
                bytes.moveReaderIndex(forwardBy: header.headerLength)
                if let key = header.maskingKey {
                    bytes.withUnsafeMutableReadableBytes { readable in
                        Masking.apply(
                            key: key, offset: 0,
                            to: UnsafeMutableRawBufferPointer(rebasing: readable[..<header.payloadLength]))
                    }
                }
                let payload = bytes.readSlice(length: header.payloadLength) ?? ByteBuffer()
                try received(try assembler.receive(header), payload: payload)
            }
        } catch {
            fail(error)
            return
        }
        if bytes.readableBytes > 0, !closeReceived {
            // A slice would keep the whole read buffer alive; what is left is copied once.
            unread = ByteBuffer(bytes.readableBytesView)
        }
    }

    private func received(_ frame: OnFrame, payload: ByteBuffer) throws(WebSocketViolation) {
        guard !closeSent || frame == .close else {
            // What the peer sent before it saw our close frame concerns nobody any more.
            return
        }
        switch frame {
        case .message(let kind):
            if kind == .text, !UTF8Validator.isValid(payload.readableBytesUInt8Span) { throw .invalidUTF8 }
            deliver(kind, payload)
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
            deliver(kind, whole)
        case .ping: writeFrame(.pong, payload)
        case .pong: break
        case .close:
            closeReceived = true
            let close = try ClosePayload.parse(payload.readableBytesUInt8Span)
            writeClose(close.code, reason: "")
            ended(.transportClose)
            channel.close(promise: nil)
        }
    }

    private func append(_ payload: ByteBuffer) throws(WebSocketViolation) {
        if messageKind == .text, !utf8.feed(payload.readableBytesUInt8Span) { throw .invalidUTF8 }
        message?.writeImmutableBuffer(payload)
    }

    private func deliver(_ kind: MessageKind, _ payload: ByteBuffer) {
        switch role {
        case .unattached: break
        case .carrying(let session):
            session.loop.run { self.deliver(kind, payload, to: session) }
        case .probing(let session):
            let span = payload.readableBytesUInt8Span
            let type = kind == .text ? try? PacketDecoder.type(ofText: span) : nil
            let isProbe = PacketDecoder.isProbe(span)
            session.loop.run { session.probeReceived(type, isProbe: isProbe, on: self) }
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
            session.webSocketEnded(self, reason: error.closeReason)
            close(code: .protocolError)
        }
    }

    private func fail(_ violation: WebSocketViolation) {
        writeClose(violation.closeCode, reason: violation.reason)
        ended(.transportError)
        // The peer may still be sending what it was told not to: it is not waited for.
        channel.close(promise: nil)
    }

    /// Stops or goes on reading. May be called from any loop.
    func setReading(_ reading: Bool) {
        loop.run { [self] in
            guard isReading != reading, channel.isActive else { return }
            isReading = reading
            _ = channel.setOption(.autoRead, value: reading)
            if reading, let kept = unread {
                unread = nil
                decode(kept)
            }
        }
    }

    // MARK: - Writing

    /// Whether the channel takes more bytes. May be asked from any loop.
    var isWritable: Bool { channel.isWritable }

    /// Writes packets as frames, all of them in one buffer. May be called from any loop.
    func write(_ packets: [OutgoingPacket], promise: EventLoopPromise<Void>? = nil) {
        guard !packets.isEmpty else {
            promise?.succeed()
            return
        }
        let size = packets.reduce(0) { $0 + $1.byteCount + 10 }
        var buffer = channel.allocator.buffer(capacity: size)
        for packet in packets {
            switch packet {
            case .text(let bytes): Self.appendFrame(.text, bytes, to: &buffer)
            case .binary(let bytes): appendBinary(bytes, to: &buffer)
            }
        }
        channel.writeAndFlush(buffer, promise: promise)
    }

    private func appendBinary(_ message: [UInt8], to buffer: inout ByteBuffer) {
        switch form {
        case .v4: Self.appendFrame(.binary, message, to: &buffer)
        case .v3: Self.appendFrame(.binary, first: EnginePacketType.message.rawValue, message, to: &buffer)
        case .v3Base64:
            var text = [EnginePacketType.base64Mark, EnginePacketType.message.digit]
            Base64.encode(message, to: &text)
            Self.appendFrame(.text, text, to: &buffer)
        }
    }

    /// - Parameter first: a byte before the payload, so that nothing is copied to put it there.
    private static func appendFrame(
        _ opcode: Opcode, first: UInt8? = nil, _ payload: [UInt8], to buffer: inout ByteBuffer
    ) {
        _ = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 14) { target in
            FrameEncoder.writeHeader(
                opcode: opcode, payloadLength: payload.count + (first == nil ? 0 : 1), into: target)
        }
        if let first { buffer.writeInteger(first) }
        buffer.writeBytes(payload)
    }

    private func writeFrame(_ opcode: Opcode, _ payload: ByteBuffer) {
        guard !closeSent else { return }
        var buffer = channel.allocator.buffer(capacity: payload.readableBytes + 10)
        Self.appendFrame(opcode, Array(payload.readableBytesView), to: &buffer)
        channel.writeAndFlush(buffer, promise: nil)
    }

    private func writeClose(_ code: CloseCode?, reason: String) {
        guard !closeSent else { return }
        let payload = ClosePayload(code: code, reason: reason).encode()
        writeFrame(.close, ByteBuffer(bytes: payload))
        closeSent = true
    }

    /// Starts the closing handshake; the session hears of nothing more. May be called from any loop.
    ///
    /// - Parameter code: nil sends a close frame without a code, as the reference does.
    func close(code: CloseCode?) {
        loop.run { [self] in
            role = .unattached
            guard !closeSent, channel.isActive else { return }
            writeClose(code, reason: "")
            // The peer's answer is waited for, even where its messages were not.
            setReading(true)
            loop.arm(self, at: loop.now + Self.closeTimeout)
        }
    }
}
