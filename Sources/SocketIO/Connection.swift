internal import EngineIO
internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol

/// One engine session seen as Socket.IO: decodes packets and hands them to the sockets of their namespaces.
///
/// Confined to the session's event loop.
final class Connection: EngineSessionHandler, @unchecked Sendable {
    let session: EngineSession
    let server: SocketIO
    /// Whether the client speaks protocol revision 4, that of Socket.IO v2.
    let isV2Client: Bool
    private let decoder: SocketIOProtocol.PacketDecoder
    // Pure values whose methods call nobody: that two of them overlap need not be looked for at run time, packet by packet.
    @exclusivity(unchecked) private var namespaces: NamespaceStateMachine
    @exclusivity(unchecked) private var attachments: AttachmentCollector
    /// The packet whose attachments are still arriving.
    private var incomplete: IncompletePacket?
    private var attachmentTimer: Scheduled<Void>?
    /// Counts packets, so that a timer sees whether one of them is stuck.
    private var packetNumber: UInt64 = 0
    private var root: AnySocket?
    private var others: [ExactName: AnySocket] = [:]
    private var connectTimer: Scheduled<Void>?
    private var paused: Set<AnySocket> = []
    private var reasonOfServer: DisconnectReason?
    private(set) var hasClosed = false
    /// What this side found wrong.
    private var ownDetail: DisconnectDetail?

    var configuration: Configuration { server.configuration }
    /// What exactly ended the connection, if that is known.
    var detail: DisconnectDetail? { ownDetail ?? session.closeDetail.map { .engine($0) } }
    /// The sockets of all its namespaces.
    var sockets: [AnySocket] { [root].compactMap { $0 } + others.values }

    /// How long the attachments of one packet may take.
    private static let attachmentPatience = TimeAmount.seconds(30)

    /// A packet that waits for attachments, in a box: few connections have one.
    private final class IncompletePacket {
        var packet: Packet

        init(_ packet: Packet) { self.packet = packet }
    }

    /// A packet that was judged, and what has arrived of it.
    private struct Packet {
        let view: PacketView
        let namespace: String
        /// What a v2 client put where newer ones have a payload.
        let query: [UInt8]?
        let order: NamespaceStateMachine.OnPacket
        let bytes: ByteBuffer
        var attachments: [ByteBuffer] = []
    }

    init(session: EngineSession, server: SocketIO) {
        self.session = session
        self.server = server
        let configuration = server.configuration
        isV2Client = session.protocolVersion == .v3
        decoder = SocketIOProtocol.PacketDecoder(
            limits: isV2Client ? configuration.parser.revision4 : configuration.parser)
        namespaces = NamespaceStateMachine(limits: configuration.parser)
        attachments = AttachmentCollector(limits: configuration.parser)
        connectTimer = session.eventLoop.scheduleTask(in: TimeAmount(configuration.connectTimeout)) {
            [weak self] in self?.close(.connectTimeout)
        }
    }

    /// The session is open: a v2 client is in the root namespace without asking.
    func opened() {
        guard isV2Client else { return }
        do throws(SocketIOViolation) {
            try joinRoot()
        } catch {
            fail(error)
        }
    }

    // MARK: - EngineSessionHandler

    func received(text: ByteBuffer) {
        guard server.wire.isStandard else {
            received(text, isBinary: false)
            return
        }
        receivedStandard(text)
    }

    private func receivedStandard(_ text: ByteBuffer) {
        do throws(SocketIOViolation) {
            try attachments.receivedText()
            let view = try decoder.decode(text.readableBytesUInt8Span)
            var name = view.namespace.map { text.string(in: $0) } ?? "/"
            var query: [UInt8]?
            if isV2Client, view.namespace != nil {
                let target = try V4Namespace(Array(name.utf8), limits: configuration.parser)
                name = target.name
                query = target.authJSON
            }
            // Judged before attachments are waited for: a stranger parks no bytes here.
            let order =
                view.namespace == nil
                ? try namespaces.receivedAtRoot(view.type)
                : try namespaces.received(view.type, namespace: name)
            let packet = Packet(view: view, namespace: name, query: query, order: order, bytes: text)
            guard view.attachmentCount > 0 else {
                carryOut(packet)
                return
            }
            attachments.begin(count: view.attachmentCount)
            incomplete = IncompletePacket(packet)
            watchAttachments()
        } catch {
            fail(error)
        }
    }

    func received(binary: ByteBuffer) {
        guard server.wire.isStandard else {
            received(binary, isBinary: true)
            return
        }
        receivedAttachment(binary)
    }

    /// A message in the words of the server's parser: judged like the standard packet that it stands for.
    private func received(_ message: ByteBuffer, isBinary: Bool) {
        guard let parser = configuration.packetParser else { return }
        do throws(SocketIOViolation) {
            let packet = try parser.decode(
                message.readableBytesUInt8Span, isBinary: isBinary, limits: configuration.parser)
            receivedStandard(ByteBuffer(bytes: packet.text))
            for attachment in packet.attachments where attachments.isPending {
                receivedAttachment(ByteBuffer(bytes: attachment))
            }
            if attachments.isPending { throw .illegalAttachmentCount }
        } catch {
            fail(error)
        }
    }

    private func receivedAttachment(_ binary: ByteBuffer) {
        do throws(SocketIOViolation) {
            let order = try attachments.receivedBinary(length: binary.readableBytes)
            incomplete?.packet.attachments.append(binary)
            guard order == .complete, let whole = incomplete else { return }
            incomplete = nil
            carryOut(whole.packet)
        } catch {
            fail(error)
        }
    }

    /// Closes a connection that leaves a packet incomplete. One timer looks now and then, not one a packet.
    private func watchAttachments() {
        guard attachmentTimer == nil else { return }
        let watched = packetNumber
        attachmentTimer = session.eventLoop.scheduleTask(in: Self.attachmentPatience) { [weak self] in
            guard let self else { return }
            attachmentTimer = nil
            guard incomplete != nil else { return }
            if packetNumber == watched {
                ownDetail = .attachmentsMissing
                close(.parseError)
            } else {
                watchAttachments()
            }
        }
    }

    func closed(_ reason: CloseReason) {
        hasClosed = true
        connectTimer?.cancel()
        connectTimer = nil
        attachmentTimer?.cancel()
        attachmentTimer = nil
        incomplete = nil
        let reason = reasonOfServer ?? DisconnectReason(reason)
        _ = namespaces.closeAll()
        let sockets = self.sockets
        root = nil
        others = [:]
        for socket in sockets { socket.disconnected(reason) }
    }

    // MARK: - Packets

    private func carryOut(_ packet: Packet) {
        let view = packet.view
        packetNumber &+= 1
        switch packet.order {
        case .authenticate:
            authenticate(packet.namespace, auth: packet.query ?? packet.bytes.bytes(in: view.payload))
        case .deliverEvent:
            guard let event = view.event else { return }
            let arguments = EventArguments(
                packet: packet.bytes, range: event.arguments, count: event.argumentCount,
                attachments: packet.attachments, coding: server.configuration.json)
            socket(packet.namespace)?.received(
                IncomingEvent(name: event.name, arguments: arguments, ackID: view.ackID))
        case .deliverAck:
            guard let id = view.ackID else { return }
            socket(packet.namespace)?.received(
                ack: id,
                EventArguments(
                    packet: packet.bytes, range: view.arguments, count: view.argumentCount,
                    attachments: packet.attachments, coding: server.configuration.json))
        case .leave: take(packet.namespace)?.disconnected(.clientNamespaceDisconnect)
        case .ignore: break
        }
    }

    private func socket(_ name: String) -> AnySocket? {
        name == "/" ? root : others[ExactName(name)]
    }

    private func take(_ name: String) -> AnySocket? {
        if name == "/" {
            defer { root = nil }
            return root
        }
        return others.removeValue(forKey: ExactName(name))
    }

    /// A packet broke a rule: the whole connection is closed, as the reference does.
    private func fail(_ violation: SocketIOViolation) {
        session.meter.count(.violations)
        ownDetail = .packet(violation)
        server.logger.debug("closing: \(violation.reason)")
        for socket in sockets {
            let handlers = socket.core.current
            guard handlers.all.error != nil else { continue }
            HandlerTask.start(on: socket.shard.executor) {
                await socket.core.report(violation, .packet, socket, handlers)
            }
        }
        close(violation.disconnectReason)
    }

    /// A client sends more events than it may, and does not stop.
    func closeFlooding() { close(.rateLimited) }

    /// Sends a packet of the connection itself.
    func send(_ packet: [UInt8]) {
        server.wire.send(EncodedPacket(text: packet), to: session)
    }

    private func close(_ reason: DisconnectReason) {
        reasonOfServer = reason
        session.close()
    }

    // MARK: - Joining, see `Connection+Joining.swift`

    /// A v2 client that has just come asks for the root by coming.
    private func joinRoot() throws(SocketIOViolation) {
        _ = try namespaces.receivedAtRoot(.connect)
        authenticate("/", auth: [])
    }

    /// Notes that a socket has joined.
    ///
    /// - Returns: false when its client has gone meanwhile.
    func enter(_ socket: AnySocket, _ name: String) -> Bool {
        guard namespaces.accepted(namespace: name) else { return false }
        connectTimer?.cancel()
        connectTimer = nil
        if name == "/" { root = socket } else { others[ExactName(name)] = socket }
        return true
    }

    /// Notes that a client was refused, and may ask again.
    func noteRefusal(_ name: String) { namespaces.refused(namespace: name) }

    // MARK: - Leaving

    func leaveFromServer(_ socket: AnySocket, reason: DisconnectReason = .serverNamespaceDisconnect) {
        let name = socket.core.name
        guard self.socket(name) === socket, namespaces.left(namespace: name) else { return }
        _ = take(name)
        send(PacketEncoder.disconnect(namespace: name))
        socket.disconnected(reason)
    }

    /// The client of a socket has come back on another connection: this one has nothing more to do for it.
    func leaveForTakeover(_ socket: AnySocket) {
        leaveFromServer(socket, reason: .sessionTakenOver)
        if namespaces.joinedCount == 0 { session.close() }
    }

    func closeFromServer() {
        for socket in sockets { leaveFromServer(socket) }
        session.close()
    }

    // MARK: - Back-pressure

    /// The socket's handlers lag: the connection is not read until they have caught up.
    func pause(_ socket: AnySocket) {
        if paused.isEmpty { session.pauseReading() }
        paused.insert(socket)
    }

    func resume(_ socket: AnySocket) {
        guard !paused.isEmpty, paused.remove(socket) != nil, paused.isEmpty else { return }
        session.resumeReading()
    }
}

extension ByteBuffer {
    fileprivate func string(in range: Range<Int>) -> String {
        getString(at: readerIndex + range.lowerBound, length: range.count) ?? ""
    }

    fileprivate func bytes(in range: Range<Int>) -> [UInt8] {
        getBytes(at: readerIndex + range.lowerBound, length: range.count) ?? []
    }
}
