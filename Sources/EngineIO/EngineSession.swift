public import EngineIOProtocol
public import NIOCore
internal import WebSocketProtocol

/// One Engine.IO session: the driver of a ``SessionStateMachine``.
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

    // Confined to `loop` from here on.
    private var machine: SessionStateMachine
    private var outbox = Outbox()
    private var isDirty = false
    private var isReadingPaused = false
    private var poll: PollExchange?
    private var openPost: PollExchange?
    private var heldPost: PollExchange?
    private var webSocket: WebSocketConnection?
    private var probe: WebSocketConnection?
    private var handler: (any EngineSessionHandler)?
    private var writeWaiters: [EventLoopPromise<Void>] = []

    init(
        id: String, request: HandshakeRequest, transport: TransportName, loop: EngineLoop, server: EngineServer
    ) {
        self.id = id
        self.request = request
        self.loop = loop
        self.server = server
        machine = SessionStateMachine(
            transport: transport, timings: server.configuration.timings, now: loop.now)
    }

    /// The event loop that the session lives on; its handler is called there.
    public var eventLoop: any EventLoop { loop.eventLoop }

    /// The position of the session's event loop among the server's loops.
    public var loopIndex: Int { loop.index }

    /// The transport that carries the session now. To be asked on the session's loop.
    public var transport: TransportName { machine.transport ?? .polling }

    /// A new id of the same kind as a sid, for the layer above. To be called on the session's loop.
    public func makeID() -> String { SessionID.make(using: &loop.random) }

    // MARK: - Opening

    func open(webSocket connection: WebSocketConnection?) {
        webSocket = connection
        let configuration = server.configuration
        let mayUpgrade =
            connection == nil && configuration.allowUpgrades && configuration.transports.contains(.websocket)
        let packet = OpenPacket(
            sid: id, upgrades: mayUpgrade ? [TransportName.websocket.rawValue] : [],
            pingInterval: configuration.timings.pingInterval, pingTimeout: configuration.timings.pingTimeout,
            maxPayload: configuration.maxPayload)
        enqueue(.text(packet.encode()))
        armTimer()
        handler = server.application.sessionOpened(self)
    }

    // MARK: - Sending

    /// Sends packets in this order, after everything sent before. Dropped when the session is over.
    ///
    /// A text packet carries its type digit already.
    public func send(_ packet: OutgoingPacket) {
        if loop.eventLoop.inEventLoop {
            enqueue(packet)
        } else {
            loop.eventLoop.execute { self.enqueue(packet) }
        }
    }

    /// Sends packets only if the client can take them at once; drops them otherwise.
    public func sendVolatile(_ packets: [OutgoingPacket]) {
        loop.run {
            guard self.outbox.isEmpty || self.isDirty, self.poll != nil || self.webSocket?.isWritable == true
            else { return }
            for packet in packets { self.enqueue(packet) }
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
    public func send(_ packets: [OutgoingPacket]) {
        loop.run {
            for packet in packets { self.enqueue(packet) }
        }
    }

    private func enqueue(_ packet: OutgoingPacket) {
        guard machine.isOpen else { return }
        outbox.append(packet)
        let configuration = server.configuration
        if outbox.byteCount > configuration.maxOutboxBytes
            || outbox.packets.count > configuration.maxOutboxPackets
        {
            end(.slowConsumer, webSocketCode: .policyViolation)
            return
        }
        markDirty()
    }

    private func markDirty() {
        guard !isDirty else { return }
        isDirty = true
        loop.flushSoon(self)
    }

    /// At the end of a loop tick: gives the outbox to whatever carries the session now.
    func flush() {
        isDirty = false
        guard !outbox.isEmpty || !machine.isOpen else { return }
        // A WebSocket whose peer does not read keeps its packets here, where they are counted.
        if let webSocket, !webSocket.isWritable { return }
        switch machine.flush() {
        case .writeWebSocket: webSocket?.write(outbox.takeAll(), promise: takeWriteWaiters())
        case .answerPoll:
            answerPoll(with: outbox.takeAll())
            takeWriteWaiters()?.succeed()
        case .answerPollAndClose:
            answerPoll(with: outbox.takeAll(), closing: true)
            forget()
        case .keep: break
        case .drop: _ = outbox.takeAll()
        }
    }

    /// One promise for all who wait for the outbox, nil when nobody does.
    private func takeWriteWaiters() -> EventLoopPromise<Void>? {
        guard !writeWaiters.isEmpty else { return nil }
        let waiters = writeWaiters
        writeWaiters = []
        let promise = loop.eventLoop.makePromise(of: Void.self)
        for waiter in waiters { promise.futureResult.cascade(to: waiter) }
        return promise
    }

    private func answerPoll(with packets: [OutgoingPacket], closing: Bool = false) {
        guard let poll else { return }
        var payload = PayloadEncoder(reserving: packets.reduce(4) { $0 + $1.byteCount + 1 })
        for packet in packets {
            switch packet {
            case .text(let bytes): payload.append(text: bytes)
            case .binary(let bytes): payload.append(binary: bytes)
            }
        }
        if closing { payload.append(.close) }
        poll.respondPayload(payload.bytes)
        self.poll = nil
    }

    /// The WebSocket can take bytes again.
    func webSocketBecameWritable() {
        markDirty()
    }

    // MARK: - Polling

    func received(poll exchange: PollExchange) {
        switch machine.pollArrived() {
        case .hold:
            poll = exchange
            if !outbox.isEmpty || !machine.isOpen { flush() }
        case .overlap:
            answerPoll(with: [], closing: true)
            exchange.respond(RequestError.badRequest)
            finish(.transportError)
        case .mismatch: exchange.respond(RequestError.badRequest)
        }
    }

    /// The connection of a held poll ended.
    func pollAborted(_ exchange: PollExchange) {
        guard poll === exchange else { return }
        poll = nil
        end(.transportError, webSocketCode: nil)
    }

    /// The head of a POST arrived; its body or its failure follows.
    func postBegan(_ exchange: PollExchange) {
        switch machine.postBegan() {
        case .accept: openPost = exchange
        case .overlap:
            exchange.respond(RequestError.badRequest)
            answerPoll(with: [], closing: true)
            finish(.transportError)
        case .mismatch: exchange.respond(RequestError.badRequest)
        }
    }

    func postAborted(tooLarge: Bool) {
        openPost = nil
        machine.postEnded()
        // A body over the limit was answered with 413 and the session lives; a cut one ends it.
        if !tooLarge { end(.transportError, webSocketCode: nil) }
    }

    func received(body: ByteBuffer, of exchange: PollExchange) {
        guard openPost === exchange else { return }
        openPost = nil
        machine.postEnded()
        do throws(EngineViolation) {
            try deliver(payload: body)
        } catch {
            exchange.respondOK()
            end(error.closeReason, webSocketCode: .protocolError)
            return
        }
        if isReadingPaused, machine.isOpen {
            heldPost = exchange
        } else {
            exchange.respondOK()
        }
    }

    private func deliver(payload: ByteBuffer) throws(EngineViolation) {
        guard UTF8Validator.isValid(payload.readableBytesUInt8Span) else { throw .invalidUTF8 }
        var decoder = PayloadDecoder(maxPackets: server.configuration.maxPacketsPerPayload)
        while let record = try decoder.next(in: payload.readableBytesUInt8Span) {
            switch record {
            case .text(let type, let data):
                guard let text = payload.getSlice(at: payload.readerIndex + data.lowerBound, length: data.count)
                else { continue }
                received(type, text: text)
            case .base64(let text):
                let bytes = try Base64.decode(payload.readableBytesUInt8Span.extracting(text))
                received(binary: ByteBuffer(bytes: bytes))
            }
            guard machine.isOpen else { return }
        }
    }

    // MARK: - Packets

    /// A text packet; `text` are the bytes after its type.
    func received(_ type: EnginePacketType, text: ByteBuffer) {
        switch machine.received(type, now: loop.now) {
        case .deliver: handler?.received(text: text)
        case .ignore: break
        case .alive: armTimer()
        case .close(let reason):
            if type == .close, poll != nil {
                // The client's own poll is released with a noop, as the reference does.
                poll?.respondPayload([EnginePacketType.noop.digit])
                poll = nil
            }
            end(reason, webSocketCode: reason == .transportClose ? nil : .protocolError)
        }
    }

    func received(binary: ByteBuffer) {
        guard machine.isOpen else { return }
        handler?.received(binary: binary)
    }

    /// The current WebSocket ended or broke the protocol.
    func webSocketEnded(_ connection: WebSocketConnection, reason: CloseReason) {
        if connection === probe {
            probe = nil
            machine.probeEnded()
            if !outbox.isEmpty { markDirty() }
            armTimer()
        } else if connection === webSocket {
            webSocket = nil
            end(reason, webSocketCode: nil)
        }
    }

    // MARK: - Upgrade

    func received(probe connection: WebSocketConnection) {
        switch machine.probeArrived(now: loop.now) {
        case .accept:
            probe = connection
            armTimer()
        case .refuse: connection.close(code: nil)
        }
    }

    func probeReceived(_ type: EnginePacketType?, isProbe: Bool, on connection: WebSocketConnection) {
        guard connection === probe else {
            connection.close(code: nil)
            return
        }
        switch machine.probeReceived(type, isProbe: isProbe, now: loop.now) {
        case .answerProbe:
            connection.write([.probeAnswer])
            releasePoll()
        case .completeUpgrade:
            releasePoll()
            webSocket = connection
            probe = nil
            connection.upgraded()
            markDirty()
        case .closeProbe:
            probe = nil
            connection.close(code: nil)
            if !outbox.isEmpty { markDirty() }
        }
        armTimer()
    }

    private func releasePoll() {
        guard machine.takePoll() else { return }
        poll?.respondPayload([EnginePacketType.noop.digit])
        poll = nil
    }

    // MARK: - Back-pressure

    /// Stops taking messages from the client: the WebSocket is not read, a POST is not answered.
    /// To be called on the session's loop. Messages that were read already still arrive.
    public func pauseReading() {
        isReadingPaused = true
        webSocket?.setReading(false)
    }

    /// Takes messages again. To be called on the session's loop.
    public func resumeReading() {
        isReadingPaused = false
        webSocket?.setReading(true)
        heldPost?.respondOK()
        heldPost = nil
    }

    // MARK: - Time

    override func deadlineReached(now: Int64) {
        while true {
            switch machine.timerFired(now: now) {
            case .none:
                armTimer()
                return
            case .sendPing: enqueue(.ping)
            case .releasePoll: releasePoll()
            case .closeProbe:
                probe?.close(code: nil)
                probe = nil
                if !outbox.isEmpty { markDirty() }
            case .close(let reason):
                finish(reason)
                return
            }
        }
    }

    private func armTimer() {
        guard let next = machine.nextDeadline else {
            loop.cancel(self)
            return
        }
        // A deadline that moved further away is found out when the earlier one comes.
        if !isArmed || next < deadline { loop.arm(self, at: next) }
    }

    // MARK: - The end

    /// Ends the session in good order: what was sent before still goes out.
    ///
    /// - Parameter reason: what ``EngineSessionHandler/closed(_:)`` is told.
    public func close(_ reason: CloseReason = .forcedClose) {
        loop.run { self.closeOnLoop(reason) }
    }

    private func closeOnLoop(_ reason: CloseReason) {
        switch machine.close(now: loop.now) {
        case .closeWebSocket:
            let connection = webSocket
            connection?.write(outbox.takeAll())
            webSocket = nil
            connection?.close(code: reason == .serverShuttingDown ? .goingAway : nil)
            finish(reason)
        case .answerPollAndClose:
            answerPoll(with: outbox.takeAll(), closing: true)
            finish(reason)
        case .awaitPoll:
            probe?.close(code: nil)
            probe = nil
            tellHandler(reason)
            armTimer()
        case .none: break
        }
    }

    /// Ends the session at once: the transport failed or the peer broke the protocol.
    private func end(_ reason: CloseReason, webSocketCode: CloseCode?) {
        guard machine.abort() else { return }
        let connection = webSocket
        webSocket = nil
        connection?.close(code: webSocketCode)
        finish(reason)
    }

    private func finish(_ reason: CloseReason) {
        _ = machine.abort()
        webSocket?.close(code: nil)
        forget()
        tellHandler(reason)
    }

    private func tellHandler(_ reason: CloseReason) {
        let last = handler
        handler = nil
        last?.closed(reason)
    }

    private func forget() {
        loop.cancel(self)
        server.sessions.remove(id)
        _ = outbox.takeAll()
        probe?.close(code: nil)
        probe = nil
        webSocket = nil
        answerPoll(with: [], closing: true)
        heldPost?.respondOK()
        heldPost = nil
        takeWriteWaiters()?.fail(ChannelError.ioOnClosedChannel)
    }
}
