internal import EngineIOProtocol
internal import NIOCore
internal import SocketIOProtocol

/// Socket.IO packets in and out. All on the event loop.
extension SocketClient {
    /// A packet whose attachments are still arriving.
    struct IncompletePacket {
        let view: PacketView
        let bytes: ByteBuffer
        var attachments: [ByteBuffer] = []
    }

    // MARK: - In

    func engine(_ engine: ClientEngine, receivedText text: ByteBuffer) {
        guard engine === self.engine else { return }
        do throws(SocketIOViolation) {
            try attachments.receivedText()
            let view = try decoder.decode(text.readableBytesUInt8Span)
            let packet = IncompletePacket(view: view, bytes: text)
            guard view.attachmentCount > 0 else {
                carryOut(packet)
                return
            }
            attachments.begin(count: view.attachmentCount)
            incomplete = packet
        } catch {
            fail(error.reason)
        }
    }

    func engine(_ engine: ClientEngine, receivedBinary binary: ByteBuffer) {
        guard engine === self.engine else { return }
        do throws(SocketIOViolation) {
            let order = try attachments.receivedBinary(length: binary.readableBytes)
            incomplete?.attachments.append(binary)
            guard order == .complete, let whole = incomplete else { return }
            incomplete = nil
            carryOut(whole)
        } catch {
            fail(error.reason)
        }
    }

    private func carryOut(_ packet: IncompletePacket) {
        let view = packet.view
        let name =
            view.namespace.map {
                packet.bytes.getString(at: packet.bytes.readerIndex + $0.lowerBound, length: $0.count) ?? ""
            } ?? "/"
        guard let socket = sockets[name], socket.namespace.utf8.elementsEqual(name.utf8) else {
            // A CONNECT that nobody waits for any more: the server must not keep the socket.
            if view.type == .connect { _ = send([.text(PacketEncoder.disconnect(namespace: name))]) }
            return
        }
        switch view.type {
        case .event, .binaryEvent, .ack, .binaryAck:
            for _ in 0..<(faults?.incoming() ?? 1) { socket.received(packet) }
        case .connect, .disconnect, .connectError: socket.received(packet)
        }
    }

    // MARK: - Out

    /// Sends the messages of one packet.
    func send(_ packets: [OutgoingPacket], promise: EventLoopPromise<Void>? = nil) -> ClientError? {
        guard isOpen, let engine else { return .disconnected }
        return engine.send(packets, promise: promise)
    }

    /// Sends an event or an ack, as often as a test's faults say.
    func sendMessage(_ packets: [OutgoingPacket], promise: EventLoopPromise<Void>? = nil) -> ClientError? {
        let copies = faults?.outgoing() ?? 1
        guard copies > 0 else {
            promise?.succeed()
            return nil
        }
        for _ in 1..<copies { _ = send(packets) }
        return send(packets, promise: promise)
    }
}
