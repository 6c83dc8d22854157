internal import EngineIOProtocol
internal import NIOCore
internal import NIOHTTP1
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
final class ClientEngine: @unchecked Sendable {
    let eventLoop: any EventLoop
    private weak var owner: (any ClientEngineOwner)?
    private let configuration: SocketClient.Configuration
    private let requests: RequestBuilder
    private let dialer: any Dialer
    private var machine: ClientEngineStateMachine
    private var polling: PollingTransport?
    private var webSocket: ClientWebSocket?
    private var probe: ClientWebSocket?
    private var probeTimer: Scheduled<Void>?
    private var watch: Scheduled<Void>?
    private var outbox = ClientOutbox()
    private var isFlushScheduled = false
    private var isReading = true
    private var isLeaving = false
    private var sid: String?
    private var maxPayload: Int?

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

    private var now: Int64 { Int64(clamping: eventLoop.now.uptimeNanoseconds / 1_000_000) }

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
            engine: self, handshake: handshake, request: request, maxMessage: configuration.maxMessageBytes)
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

    private func opened(_ json: ByteBuffer) {
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
        probeTimer = eventLoop.scheduleTask(in: .milliseconds(configuration.timeout)) { [weak self] in
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

    // MARK: - Receiving

    private func received(_ type: EnginePacketType, _ data: ByteBuffer) {
        switch machine.received(type, now: now) {
        case .handshake: opened(data)
        case .deliver: owner?.engine(self, receivedText: data)
        case .pong: _ = send([.text([EnginePacketType.pong.digit])], promise: nil)
        case .ignore: break
        case .close(let reason): end(reason, what: "packet \(type)")
        }
    }

    private func poll() {
        guard isReading, let polling, machine.beginPoll() else { return }
        polling.get(sid: sid, cookies: owner?.cookies) { result in
            switch result {
            case .failure(let failure): self.end(.transportError, what: failure.what)
            case .success(let answer):
                for cookie in answer.headers["Set-Cookie"] {
                    self.owner?.engine(self, receivedCookie: cookie)
                }
                self.received(payload: answer.body)
                self.proceed(self.machine.endPoll())
            }
        }
    }

    private func received(payload: ByteBuffer) {
        guard UTF8Validator.isValid(payload.readableBytesUInt8Span) else {
            end(.parseError, what: "a payload that is not UTF-8")
            return
        }
        var decoder = PayloadDecoder(maxPackets: configuration.maxPacketsPerPayload)
        do throws(EngineViolation) {
            while !machine.isClosed, let record = try decoder.next(in: payload.readableBytesUInt8Span) {
                switch record {
                case .text(let type, let range):
                    received(type, payload.slice(range))
                case .base64(let range):
                    guard machine.transport != nil else { throw .unknownPacketType }
                    let bytes = try Base64.decode(payload.readableBytesUInt8Span.extracting(range))
                    owner?.engine(self, receivedBinary: ByteBuffer(bytes: bytes))
                case .binary: throw .unknownPacketType
                }
            }
        } catch {
            end(error.closeReason, what: "\(error)")
        }
    }

    // MARK: - The WebSocket's reports

    func webSocketOpened(_ webSocket: ClientWebSocket) {
        guard webSocket === probe else { return }
        webSocket.write([(.text, Array("2probe".utf8))], promise: nil)
    }

    func webSocketReceived(_ webSocket: ClientWebSocket, _ kind: MessageKind, _ payload: ByteBuffer) {
        if webSocket === probe {
            let isProbe = kind == .text && payload.readableBytesView.elementsEqual("3probe".utf8)
            switch machine.probeAnswered(isProbe: isProbe) {
            case .pause: break
            case .completeUpgrade: completeUpgrade()
            case .closeProbe: giveUpProbe()
            }
            return
        }
        guard webSocket === self.webSocket else { return }
        switch kind {
        case .binary:
            guard machine.transport != nil else {
                end(.parseError, what: "a binary message before the open packet")
                return
            }
            owner?.engine(self, receivedBinary: payload)
        case .text:
            do throws(EngineViolation) {
                let type = try PacketDecoder.type(ofText: payload.readableBytesUInt8Span)
                received(type, payload.slice(1..<payload.readableBytes))
            } catch {
                end(error.closeReason, what: "\(error)")
            }
        }
    }

    func webSocketBecameWritable(_ webSocket: ClientWebSocket) {
        if webSocket === self.webSocket { flush() }
    }

    func webSocketEnded(_ webSocket: ClientWebSocket, _ ended: ClientWebSocket.End) {
        if webSocket === probe {
            giveUpProbe()
        } else if webSocket === self.webSocket {
            end(ended.isError ? .transportError : .transportClose, what: ended.what)
        }
    }

    // MARK: - The upgrade

    private func giveUpProbe() {
        probeTimer?.cancel()
        probeTimer = nil
        probe?.close()
        probe = nil
        proceed(machine.probeEnded())
    }

    private func completeUpgrade() {
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

    private func proceed(_ order: ClientEngineStateMachine.OnExchange) {
        switch order {
        case .proceed:
            poll()
            flush()
        case .completeUpgrade: completeUpgrade()
        case .none: break
        }
    }

    // MARK: - Sending

    /// Whether a message would leave now: what volatile events ask for.
    var isWritable: Bool {
        outbox.isEmpty && machine.transport != nil && (webSocket.map(\.isWritable) ?? true)
    }

    /// Sends packets, all or none of them, at the end of the loop's tick.
    ///
    /// - Parameter promise: succeeds when the transport has taken them.
    /// - Returns: why they were not taken.
    func send(_ packets: [OutgoingPacket], promise: EventLoopPromise<Void>?) -> ClientError? {
        guard !machine.isClosed, !isLeaving else { return .disconnected }
        let size = packets.reduce(0) { $0 + $1.byteCount }
        if let maxPayload, packets.contains(where: { $0.byteCount > maxPayload }) { return .packetTooLarge }
        guard outbox.byteCount + size <= configuration.maxOutboxBytes else { return .packetTooLarge }
        outbox.append(packets, promise: promise)
        if !isFlushScheduled {
            isFlushScheduled = true
            eventLoop.execute { self.flush() }
        }
        return nil
    }

    private func flush() {
        isFlushScheduled = false
        guard !outbox.isEmpty else { return }
        if machine.writesToWebSocket {
            guard let webSocket, webSocket.isWritable else { return }
            let (packets, promises) = outbox.takeAll()
            webSocket.write(
                packets.map { packet in
                    switch packet {
                    case .text(let bytes): (.text, bytes)
                    case .binary(let bytes): (.binary, bytes)
                    }
                }, promise: joined(promises))
        } else if let polling, machine.beginPost() {
            let (payload, promises) = outbox.takePayload(maxBytes: maxPayload ?? .max)
            let sent = joined(promises)
            polling.post(payload, sid: sid, cookies: owner?.cookies) { result in
                switch result {
                case .failure(let failure):
                    sent?.fail(ClientError.disconnected)
                    self.end(.transportError, what: failure.what)
                case .success:
                    sent?.succeed()
                    let order = self.machine.endPost()
                    if self.isLeaving, self.outbox.isEmpty {
                        self.leave()
                    } else {
                        self.proceed(order)
                    }
                }
            }
        }
    }

    /// One promise for several.
    private func joined(_ promises: [EventLoopPromise<Void>]) -> EventLoopPromise<Void>? {
        guard promises.count > 1 else { return promises.first }
        let all = eventLoop.makePromise(of: Void.self)
        for promise in promises { all.futureResult.cascade(to: promise) }
        return all
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

    private func leave() {
        isLeaving = false
        _ = shut()
    }

    private func end(_ reason: CloseReason, what: String) {
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
