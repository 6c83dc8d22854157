internal import EngineIOProtocol
internal import NIOCore
internal import WebSocketProtocol

/// What a client's engine tells the room above, on its event loop. The one seam upwards.
protocol ClientEngineOwner: AnyObject {
    func engineOpened(_ engine: ClientEngine)
    func engineUpgraded(_ engine: ClientEngine)
    func engine(_ engine: ClientEngine, receivedText text: ByteBuffer)
    func engine(_ engine: ClientEngine, receivedBinary binary: ByteBuffer)
    func engine(_ engine: ClientEngine, receivedCookie cookie: String)
    /// The cookies to send; nil for none.
    var cookies: String? { get }
    /// The last thing that the engine says. `what` is for people.
    func engineClosed(_ engine: ClientEngine, _ reason: CloseReason, what: String)
}

/// One Engine.IO session: the driver of ``ClientEngineStateMachine``. Confined to its event loop.
final class ClientEngine: ClientWebSocketOwner, @unchecked Sendable {
    let eventLoop: any EventLoop
    weak var owner: (any ClientEngineOwner)?
    let configuration: SocketClient.Configuration
    private let requests: RequestBuilder
    private let dialer: any Dialer
    var machine: ClientEngineStateMachine
    var polling: PollingTransport?
    var webSocket: ClientWebSocket?
    var probe: ClientWebSocket?
    private var probeTimer: Scheduled<Void>?
    private var watch: Scheduled<Void>?
    var outbox = ClientOutbox()
    var isFlushScheduled = false
    var isReading = true
    var isLeaving = false
    var sid: String?
    var maxPayload: Int?

    init(
        owner: any ClientEngineOwner, eventLoop: any EventLoop, configuration: SocketClient.Configuration,
        requests: RequestBuilder, dialer: any Dialer
    ) {
        self.owner = owner
        self.eventLoop = eventLoop
        self.configuration = configuration
        self.requests = requests
        self.dialer = dialer
        machine = ClientEngineStateMachine(configuration.transports.first ?? .polling)
    }

    deinit {
        for promise in outbox.takeAll().promises { promise.fail(ClientError.disconnected) }
    }

    var now: Int64 { Int64(clamping: eventLoop.now.uptimeNanoseconds / 1_000_000) }

    /// The transport that carries the session.
    var transport: TransportName? { machine.transport }

    // MARK: - Opening

    func open() {
        if (configuration.transports.first ?? .polling) == .polling {
            polling = PollingTransport(
                eventLoop: eventLoop, requests: requests, dialer: dialer,
                maxBodyBytes: configuration.maxMessageBytes)
            poll()
        } else {
            startWebSocket(probing: false)
        }
    }

    private func startWebSocket(probing: Bool) {
        var random = SystemRandomNumberGenerator()
        let handshake = ClientHandshake(using: &random)
        let request = handshake.request(
            target: requests.target(.websocket, sid: sid), host: requests.host,
            headers: requests.webSocketHeaders(cookies: owner?.cookies))
        let webSocket = ClientWebSocket(
            owner: self, handshake: handshake, request: request, maxMessage: configuration.maxMessageBytes)
        if probing { probe = webSocket } else { self.webSocket = webSocket }
        let dialled = dialer.dial(on: eventLoop) { try $0.pipeline.syncOperations.addHandler(webSocket) }
        dialled.assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel):
                // Nobody may want it any more by the time it is there.
                if self.webSocket !== webSocket, self.probe !== webSocket { channel.close(promise: nil) }
            case .failure(let error):
                self.webSocketEnded(webSocket, .init(isError: true, what: "\(error)"))
            }
        }
    }

    func opened(_ json: ByteBuffer) {
        guard let handshake = EngineHandshake(Array(json.readableBytesView)) else {
            end(.parseError, what: "the open packet cannot be read")
            return
        }
        sid = handshake.sid
        maxPayload = handshake.maxPayload
        let mayUpgrade =
            configuration.upgrades && configuration.transports.contains(.websocket)
            && handshake.upgrades.contains(TransportName.websocket.rawValue)
        let order = machine.opened(
            pingInterval: handshake.pingInterval, pingTimeout: handshake.pingTimeout, mayUpgrade: mayUpgrade,
            now: now)
        watchHeartbeat(until: machine.deadline)
        owner?.engineOpened(self)
        guard order == .pollAndProbe, !machine.isClosed else { return }
        startWebSocket(probing: true)
        probeTimer = eventLoop.scheduleTask(in: TimeAmount(configuration.timeout)) { [weak self] in
            self?.giveUpProbe()
        }
    }

    // MARK: - Heartbeat

    private func watchHeartbeat(until deadline: Int64) {
        watch?.cancel()
        watch = eventLoop.scheduleTask(in: .milliseconds(max(1, deadline - now))) { [weak self] in
            self?.checkHeartbeat()
        }
    }

    private func checkHeartbeat() {
        switch machine.timer(now: now) {
        case .watch(let deadline): watchHeartbeat(until: deadline)
        case .close(let reason): end(reason, what: "no ping within pingInterval + pingTimeout")
        case .none: break
        }
    }

    /// Whether the server's time is up already, though no timer said so: the process may have been asleep.
    func endIfExpired() -> Bool {
        guard case .close = machine.timer(now: now) else { return false }
        checkHeartbeat()
        return true
    }

    // MARK: - The upgrade

    func giveUpProbe() {
        probeTimer?.cancel()
        probeTimer = nil
        probe?.close()
        probe = nil
        proceed(machine.probeEnded())
    }

    func completeUpgrade() {
        probeTimer?.cancel()
        probeTimer = nil
        webSocket = probe
        probe = nil
        polling?.close()
        polling = nil
        webSocket?.write([(.text, [EnginePacketType.upgrade.digit])], promise: nil)
        webSocket?.setReading(isReading)
        owner?.engineUpgraded(self)
        flush()
    }

    func proceed(_ order: ClientEngineStateMachine.OnExchange) {
        switch order {
        case .proceed:
            poll()
            flush()
        case .completeUpgrade: completeUpgrade()
        case .none: break
        }
    }

    // MARK: - Back-pressure

    /// Stops or goes on reading.
    func setReading(_ reading: Bool) {
        guard isReading != reading else { return }
        isReading = reading
        webSocket?.setReading(reading)
        if reading { poll() }
    }

    // MARK: - The end

    /// Ends the session in good order: what waits is sent first. The owner hears of nothing more.
    func close() {
        owner = nil
        guard !machine.isClosed, !isLeaving else { return }
        if machine.writesToWebSocket {
            flush()
            leave()
        } else if machine.transport == .polling {
            probe?.close()
            probe = nil
            _ = machine.probeEnded()
            _ = send([.text([EnginePacketType.close.digit])], promise: nil)
            isLeaving = true
            // The server has this long to take the goodbye.
            eventLoop.scheduleTask(in: .seconds(5)) { self.leave() }
        } else {
            leave()
        }
    }

    func leave() {
        isLeaving = false
        _ = shut()
    }

    func end(_ reason: CloseReason, what: String) {
        guard shut() else { return }
        let owner = self.owner
        self.owner = nil
        owner?.engineClosed(self, reason, what: what)
    }

    /// Lets go of everything; true the first time.
    private func shut() -> Bool {
        guard machine.close() else { return false }
        watch?.cancel()
        probeTimer?.cancel()
        polling?.close()
        probe?.close()
        webSocket?.close()
        polling = nil
        probe = nil
        webSocket = nil
        for promise in outbox.takeAll().promises { promise.fail(ClientError.disconnected) }
        return true
    }
}
