public import EngineIOProtocol
public import NIOCore
internal import WebSocketProtocol

/// One Engine.IO session: the driver of a `SessionStateMachine`.
///
/// A session lives on the event loop of the connection that opened it; after an upgrade its WebSocket may
/// sit on another loop, then packets hop. All methods may be called from anywhere unless they say otherwise.
public final class EngineSession: WheelTimer, @unchecked Sendable {
    /// The sid: 20 characters. Whoever knows it may speak for the session: never log it.
    public let id: String
    /// The request that opened the session.
    public let request: HandshakeRequest

    let loop: EngineLoop
    let server: EngineServer
    /// How packets look in polling bodies; the session's WebSocket has a form of its own.
    let form: PacketForm

    // Confined to `loop` from here on.
    // Pure values whose methods call nobody: that two of them overlap need not be looked for at run time, packet by packet.
    @exclusivity(unchecked) var machine: SessionStateMachine
    @exclusivity(unchecked) var outbox = Outbox()
    var isDirty = false
    var isReadingPaused = false
    /// Which of the gauges counts the session.
    var isCountedAsWebSocket = false
    var poll: PollExchange?
    var openPost: PollExchange?
    var heldPost: PollExchange?
    var webSocket: WebSocketConnection?
    var probe: WebSocketConnection?
    var handler: (any EngineSessionHandler)?
    /// Why the session is over for the layer above.
    var endReason: CloseReason?
    /// What exactly ended it, where `endReason` does not say it all. To be asked on the session's loop.
    public internal(set) var closeDetail: CloseDetail?
    var writeWaiters: [EventLoopPromise<Void>] = []
    /// Who waits for room in the outbox.
    var room: [EventLoopPromise<Void>] = []
    var droppedPackets: UInt32 = 0
    /// Set while the WebSocket takes nothing.
    var stall: Stall?
    /// The session's place among as many as may be; nil where none are counted.
    var ticket: Admission.Ticket?

    init(
        id: String, request: HandshakeRequest, transport: TransportName, form: PacketForm, loop: EngineLoop,
        server: EngineServer
    ) {
        self.id = id
        self.request = request
        self.loop = loop
        self.server = server
        self.form = form
        machine = SessionStateMachine(
            transport: transport, version: form.version, timings: server.configuration.timings, now: loop.now)
    }

    /// The event loop that the session lives on; its handler is called there.
    public var eventLoop: any EventLoop { loop.eventLoop }

    /// The revision of the Engine.IO protocol that the client speaks.
    public var protocolVersion: ProtocolVersion { form.version }

    /// The position of the session's event loop among the server's loops.
    public var loopIndex: Int { loop.index }

    /// The transport that carries the session now. To be asked on the session's loop.
    public var transport: TransportName { machine.transport ?? .polling }

    /// A new id of the same kind as a sid, for the layer above. To be called on the session's loop.
    public func makeID() -> String { SessionID.make(using: &loop.random) }

    // MARK: - Opening

    func open(webSocket connection: WebSocketConnection?) {
        webSocket = connection
        noteOpened(isWebSocket: connection != nil)
        let configuration = server.configuration
        let mayUpgrade =
            connection == nil && configuration.allowUpgrades && configuration.transports.contains(.websocket)
        let packet = OpenPacket(
            sid: id, upgrades: mayUpgrade ? [TransportName.websocket.rawValue] : [],
            pingInterval: configuration.timings.pingInterval.milliseconds,
            pingTimeout: configuration.timings.pingTimeout.milliseconds,
            maxPayload: configuration.maxPayload)
        if connection != nil, form.version == .v3 { holdPackets() }
        enqueue(.text(packet.encode()))
        if let packet = configuration.initialPacket { enqueue(packet) }
        armTimer()
        let handler = server.application.sessionOpened(self)
        if let reason = endReason {
            handler.closed(reason)
        } else {
            self.handler = handler
        }
    }

    /// Lets a v3 client see that its WebSocket is open before anything comes through it.
    ///
    /// Such clients may look for packets only after that, so that an open packet in the same segment as the 101
    /// would be lost.
    private func holdPackets() {
        isDirty = true
        loop.eventLoop.scheduleTask(in: .milliseconds(Self.openPacketDelay)) { [weak self] in self?.flush() }
    }

    private static let openPacketDelay: Int64 = 10

    // MARK: - Sending

    /// Sends packets in this order, after everything sent before. Dropped when the session is over.
    ///
    /// A text packet carries its type digit already.
    public func send(_ packet: OutgoingPacket, options: SendOptions = []) {
        if loop.eventLoop.inEventLoop {
            enqueue(packet, options)
        } else {
            loop.eventLoop.execute { self.enqueue(packet, options) }
        }
    }

    /// Sends packets only if the client can take them at once; drops them otherwise.
    ///
    /// A packet of the same tick that is not written yet is in the way too, as in the reference.
    public func sendVolatile(_ packets: [OutgoingPacket], options: SendOptions = []) {
        loop.run {
            guard self.outbox.isEmpty, self.poll != nil || self.webSocket?.isWritable == true
            else {
                if self.machine.isOpen { self.dropped() }
                return
            }
            self.enqueue(packets, options.union(.volatile))
        }
    }

    /// Succeeds when everything sent so far was given to the system; fails when the session ends before.
    public func whenWritten(_ promise: EventLoopPromise<Void>) {
        loop.run {
            if !self.machine.isOpen {
                promise.fail(ChannelError.ioOnClosedChannel)
            } else if self.outbox.isEmpty {
                promise.succeed()
            } else {
                self.writeWaiters.append(promise)
            }
        }
    }

    /// Sends several packets that nothing may come between, such as a packet and its attachments.
    public func send(_ packets: [OutgoingPacket], options: SendOptions = []) {
        loop.run { self.enqueue(packets, options) }
    }

    private func enqueue(_ packets: [OutgoingPacket], _ options: SendOptions) {
        for (index, packet) in packets.enumerated() {
            enqueue(packet, index == 0 ? options : options.union(.follows))
        }
    }

    func enqueue(_ packet: OutgoingPacket, _ options: SendOptions = []) {
        guard machine.isOpen else { return }
        outbox.append(packet, options)
        guard outboxFits() else {
            end(
                .slowConsumer, webSocketCode: .policyViolation,
                .outboxFull(bytes: outbox.byteCount, packets: outbox.count))
            return
        }
        noteCreated(packet)
        markDirty()
    }

    func markDirty() {
        guard !isDirty else { return }
        isDirty = true
        loop.flushSoon(self)
    }

    /// At the end of a loop tick: gives the outbox to whatever carries the session now.
    func flush() {
        isDirty = false
        guard !outbox.isEmpty || !machine.isOpen else { return }
        // A WebSocket whose peer does not read keeps its packets here, where they are counted.
        if let webSocket, !webSocket.isWritable {
            watchProgress()
            return
        }
        stall = nil
        defer { releaseSenders() }
        noteFlush()
        switch machine.flush() {
        case .writeWebSocket: writeWebSocket()
        case .answerPoll:
            answerPoll(with: outbox.takeAll())
            takeWriteWaiters()?.succeed()
            noteDrained()
        case .answerPollAndClose:
            answerPoll(with: outbox.takeAll(), closing: true)
            forget()
        case .keep: break
        case .drop: _ = outbox.takeAll()
        }
    }

    /// Bytes that are handed to a WebSocket at once: what waits beyond it waits here, where it is counted.
    private static let piece = 128 << 10

    private func writeWebSocket() {
        let piece = outbox.take(upTo: Self.piece)
        webSocket?.write(piece, sharing: loop.frames, promise: outbox.isEmpty ? takeWriteWaiters() : nil)
        if outbox.isEmpty { noteDrained() } else { markDirty() }
        if webSocket?.isWritable == false { watchProgress() }
    }

    /// One promise for all who wait for the outbox, nil when nobody does.
    func takeWriteWaiters() -> EventLoopPromise<Void>? {
        guard !writeWaiters.isEmpty else { return nil }
        let waiters = writeWaiters
        writeWaiters = []
        let promise = loop.eventLoop.makePromise(of: Void.self)
        for waiter in waiters { promise.futureResult.cascade(to: waiter) }
        return promise
    }

    func answerPoll(with entries: [OutboxEntry], closing: Bool = false) {
        guard let poll else { return }
        // Taken before it is answered: another poll may arrive inside the answer.
        self.poll = nil
        let holdsBinary = form == .v3 && entries.contains(where: \.packet.isBinary)
        var payload = PayloadEncoder(
            form: form.payload(holdsBinary: holdsBinary),
            reserving: entries.reduce(4) { $0 + $1.packet.byteCount + 1 })
        for entry in entries {
            switch entry.packet {
            case .text(let bytes): payload.append(text: bytes)
            case .binary(let bytes): payload.append(binary: bytes)
            }
        }
        if closing { payload.append(.close) }
        poll.respondPayload(payload, compress: entries.contains { !$0.options.contains(.uncompressed) })
    }

    /// The WebSocket can take bytes again.
    func webSocketBecameWritable() {
        stall = nil
        markDirty()
    }

    // MARK: - Packets

    /// A text packet; `text` are the bytes after its type.
    func received(_ type: EnginePacketType, text: ByteBuffer) {
        noteReceived(type, text)
        switch machine.received(type, now: loop.now) {
        case .deliver: handler?.received(text: text)
        case .ignore: break
        case .alive: armTimer()
        case .answerPing:
            enqueue(.pong)
            armTimer()
        case .close(let reason):
            if type == .close, poll != nil {
                // The client's own poll is released with a noop, as the reference does.
                answerPollWithNoop()
            }
            end(
                reason, webSocketCode: reason == .transportClose ? nil : .protocolError,
                type == .close ? .closePacket : nil)
        }
    }

    func received(binary: ByteBuffer) {
        guard machine.isOpen else { return }
        noteReceived(binary: binary)
        handler?.received(binary: binary)
    }

    /// The current WebSocket ended or broke the protocol.
    func webSocketEnded(_ connection: WebSocketConnection, reason: CloseReason, _ detail: CloseDetail) {
        if connection === probe {
            probe = nil
            noteUpgradeFailed()
            machine.probeEnded(now: loop.now)
            if !outbox.isEmpty { markDirty() }
            armTimer()
        } else if connection === webSocket {
            webSocket = nil
            end(reason, webSocketCode: nil, detail)
        }
    }

    // MARK: - Back-pressure

    /// Stops taking messages from the client: the WebSocket is not read, a POST is not answered.
    /// To be called on the session's loop. Messages that were read already still arrive.
    public func pauseReading() {
        isReadingPaused = true
        machine.setReading(false, now: loop.now)
        armTimer()
        webSocket?.setReading(false)
    }

    /// Takes messages again. To be called on the session's loop.
    public func resumeReading() {
        isReadingPaused = false
        machine.setReading(true, now: loop.now)
        armTimer()
        webSocket?.setReading(true)
        releasePost()
    }

    func releasePost() {
        let post = heldPost
        heldPost = nil
        post?.respondOK()
    }

    // MARK: - Time

    override func deadlineReached(now: Int64) {
        guard checkProgress(now: now) else { return }
        while true {
            switch machine.timerFired(now: now, stalled: loop.stalled) {
            case .none:
                armTimer()
                return
            case .sendPing: enqueue(.ping)
            case .releasePoll: releasePoll()
            case .closeProbe:
                probe?.close(code: nil)
                probe = nil
                noteUpgradeFailed()
                if !outbox.isEmpty { markDirty() }
            case .close(let reason):
                finish(reason)
                return
            }
        }
    }

    func armTimer() {
        guard var next = machine.nextDeadline else {
            loop.cancel(self)
            return
        }
        if let stall { next = min(next, stall.deadline) }
        // A deadline that moved further away is found out when the earlier one comes.
        if !isArmed || next < deadline { loop.arm(self, at: next) }
    }
}
