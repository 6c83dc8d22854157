internal import EngineIOProtocol
internal import NIOCore
internal import WebSocketProtocol

/// What a WebSocket sends: packets, pongs, close frames.
extension WebSocketConnection {
    /// Milliseconds that a closing handshake may take.
    private static var closeTimeout: Int64 { 5_000 }

    /// Whether the channel takes more bytes. May be asked from any loop.
    var isWritable: Bool { channel.isWritable }

    /// Bytes that the system has not taken yet; nil when asked on another loop than the connection's.
    var bufferedBytes: Int? {
        guard loop.eventLoop.inEventLoop else { return nil }
        return try? channel.syncOptions?.getOption(.bufferedWritableBytes)
    }

    /// Writes packets as frames, all of them in one buffer. May be called from any loop.
    ///
    /// - Parameter frames: those of the calling loop, if these packets may go to others too.
    func write(
        _ entries: [OutboxEntry], sharing frames: SharedFrames? = nil, promise: EventLoopPromise<Void>? = nil
    ) {
        guard let first = entries.first else {
            promise?.succeed()
            return
        }
        guard deflate != nil else {
            guard let frames, first.options.contains(.shared) else {
                write(entries, promise: promise, compressor: nil)
                return
            }
            if let made = frames.frames(of: entries, form) {
                send(made, promise: promise)
            } else {
                let made = makeFrames(entries, compressor: nil)
                frames.keep(made, of: entries, form)
                send(made, promise: promise)
            }
            return
        }
        // Compressors belong to the connection's loop.
        loop.run { [self] in write(entries, promise: promise, compressor: deflate) }
    }

    private func write(
        _ entries: [OutboxEntry], promise: EventLoopPromise<Void>?, compressor: MessageDeflate?
    ) {
        send(makeFrames(entries, compressor: compressor), promise: promise)
    }

    private func makeFrames(_ entries: [OutboxEntry], compressor: MessageDeflate?) -> ByteBuffer {
        let size = entries.reduce(0) { $0 + $1.packet.byteCount + 10 }
        var buffer = channel.allocator.buffer(capacity: size)
        for entry in entries {
            let (opcode, first, payload) = frame(of: entry.packet)
            if first == nil, let compressed = compressor?.compress(payload, entry.options) {
                Self.appendHeader(
                    opcode, rsv: FrameHeader.rsv1, length: compressed.readableBytes, to: &buffer)
                buffer.writeImmutableBuffer(compressed)
            } else {
                Self.appendHeader(opcode, length: payload.count + (first == nil ? 0 : 1), to: &buffer)
                if let first { buffer.writeInteger(first) }
                buffer.writeBytes(payload)
            }
        }
        return buffer
    }

    func flush() { context?.flush() }

    /// On the connection's loop without the way through all the pipeline.
    private func send(_ buffer: ByteBuffer, promise: EventLoopPromise<Void>?) {
        if loop.eventLoop.inEventLoop, let context {
            context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
        } else {
            channel.writeAndFlush(buffer, promise: promise)
        }
    }

    /// What a packet looks like in a frame; `first` is a byte before the payload, so that nothing is copied to
    /// put it there.
    private func frame(of packet: OutgoingPacket) -> (opcode: Opcode, first: UInt8?, payload: [UInt8]) {
        switch (packet, form) {
        case (.text(let text), _): return (.text, nil, text)
        case (.binary(let message), .v4): return (.binary, nil, message)
        case (.binary(let message), .v3): return (.binary, EnginePacketType.message.rawValue, message)
        case (.binary(let message), .v3Base64):
            var text = [EnginePacketType.base64Mark, EnginePacketType.message.digit]
            Base64.encode(message, to: &text)
            return (.text, nil, text)
        }
    }

    private static func appendHeader(
        _ opcode: Opcode, rsv: UInt8 = 0, length: Int, to buffer: inout ByteBuffer
    ) {
        _ = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 14) { target in
            FrameEncoder.writeHeader(opcode: opcode, rsv: rsv, payloadLength: length, into: target)
        }
    }

    /// Writes a control frame; it leaves at the end of the tick.
    func writeFrame(_ opcode: Opcode, _ payload: ByteBuffer, promise: EventLoopPromise<Void>? = nil) {
        guard !closeSent else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        var buffer = channel.allocator.buffer(capacity: payload.readableBytes + 10)
        Self.appendHeader(opcode, length: payload.readableBytes, to: &buffer)
        buffer.writeImmutableBuffer(payload)
        guard loop.eventLoop.inEventLoop, let context else {
            send(buffer, promise: promise)
            return
        }
        context.write(wrapOutboundOut(buffer), promise: promise)
        loop.flushSoon(self)
    }

    private func writeClose(_ code: CloseCode?, reason: String, promise: EventLoopPromise<Void>? = nil) {
        let payload = ClosePayload(code: code, reason: reason).encode()
        writeFrame(.close, ByteBuffer(bytes: payload), promise: promise)
        closeSent = true
    }

    /// Sends a close frame, if none was sent, and ends the connection when the system has it.
    func writeCloseAndEnd(_ code: CloseCode?, reason: String) {
        guard !closeSent, channel.isActive else {
            // What was written in this tick, the close frame perhaps, would be lost otherwise.
            flush()
            channel.close(promise: nil)
            return
        }
        loop.arm(self, at: loop.now + Self.closeTimeout)
        let promise = loop.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [channel] _ in channel.close(promise: nil) }
        writeClose(code, reason: reason, promise: promise)
    }

    /// Starts the closing handshake; whoever stands above hears of nothing more. May be called from any loop.
    ///
    /// - Parameter code: nil sends a close frame without a code, as the reference does.
    func close(code: CloseCode?) {
        loop.run { [self] in
            detach()
            guard !closeSent, channel.isActive else { return }
            writeClose(code, reason: "")
            // The peer's answer is waited for, even where its messages were not.
            setReading(true)
            loop.arm(self, at: loop.now + Self.closeTimeout)
        }
    }
}
