internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import SocketIOProtocol

/// The connection's life: attempts, their ends, and when to try again. All on the event loop.
extension SocketClient {
    static func dialer(
        for url: ClientURL, _ configuration: Configuration
    ) throws(ClientError) -> any Dialer {
        TCPDialer(
            host: url.address, port: url.port,
            timeout: TimeAmount(max(.milliseconds(1), configuration.timeout)),
            encryption: url.isSecure ? try ClientEncryption(configuration.tls, host: url.address) : nil)
    }

    /// The socket wants to join.
    func activate(_ socket: ClientSocket) {
        sockets[socket.namespace] = socket
        if isOpen {
            socket.engineOpened()
        } else if reconnection.open() {
            startAttempt()
        }
    }

    /// The socket does not want to be joined any more.
    func deactivate(_ socket: ClientSocket) {
        if sockets[socket.namespace] === socket { sockets[socket.namespace] = nil }
        resume(socket)
        // At the end of the tick: who leaves one namespace may be about to join another.
        eventLoop.execute { self.closeIfUnused() }
    }

    func closeIfUnused() {
        guard sockets.isEmpty else { return }
        reconnection.close()
        reconnectTimer?.cancel()
        reconnectTimer = nil
        attemptTimer?.cancel()
        attemptTimer = nil
        isOpen = false
        let engine = self.engine
        self.engine = nil
        engine?.close()
    }

    private func startAttempt() {
        attachments = AttachmentCollector(limits: configuration.parser)
        incomplete = nil
        let engine = ClientEngine(
            owner: self, eventLoop: eventLoop, configuration: configuration, requests: requests,
            dialer: dialer)
        self.engine = engine
        if isPaused { engine.setReading(false) }
        attemptTimer = eventLoop.scheduleTask(in: TimeAmount(max(.milliseconds(1), configuration.timeout))) {
            [weak self] in self?.attemptTimedOut()
        }
        engine.open()
    }

    private func attemptTimedOut() {
        attemptTimer = nil
        guard !isOpen, let engine else { return }
        self.engine = nil
        engine.close()
        attemptFailed(.timeout)
    }

    private func attemptFailed(_ error: ClientError) {
        logger.debug("cannot connect", metadata: ["error": "\(error)"])
        report(.attemptFailed(error.description))
        for socket in Array(sockets.values) { socket.attemptFailed(error) }
        tryAgain()
    }

    private func tryAgain() {
        guard !sockets.isEmpty else {
            closeIfUnused()
            return
        }
        switch reconnection.ended(using: &random) {
        case .wait(let milliseconds, let attempt):
            report(.reconnecting(attempt: attempt, after: .milliseconds(milliseconds)))
            reconnectTimer = eventLoop.scheduleTask(in: .milliseconds(milliseconds)) { [weak self] in
                guard let self, reconnection.timerFired() != nil else { return }
                startAttempt()
            }
        case .giveUp:
            report(.reconnectFailed)
            for socket in Array(sockets.values) { socket.givenUp() }
            closeIfUnused()
        case .none: break
        }
    }
}

extension SocketClient: ClientEngineOwner {
    func engineOpened(_ engine: ClientEngine) {
        guard engine === self.engine else { return }
        attemptTimer?.cancel()
        attemptTimer = nil
        let opened = reconnection.opened()
        guard opened != .discard else { return }
        isOpen = true
        report(.connected(engine.transport ?? .polling))
        if case .reconnected(let attempt) = opened { report(.reconnected(attempt: attempt)) }
        for socket in Array(sockets.values) { socket.engineOpened() }
    }

    func engineUpgraded(_ engine: ClientEngine) {
        if engine === self.engine { report(.upgraded) }
    }

    var cookies: String? { configuration.keepsCookies ? jar.header : nil }

    func engine(_ engine: ClientEngine, receivedCookie cookie: String) {
        if configuration.keepsCookies { jar.receive(cookie) }
    }

    func engineClosed(_ engine: ClientEngine, _ reason: CloseReason, what: String) {
        guard engine === self.engine else { return }
        self.engine = nil
        incomplete = nil
        attemptTimer?.cancel()
        attemptTimer = nil
        guard isOpen else {
            attemptFailed(.connectionFailed(what))
            return
        }
        isOpen = false
        let reason = ClientDisconnectReason(reason)
        logger.debug("disconnected", metadata: ["reason": "\(reason)", "what": "\(what)"])
        report(.disconnected(reason))
        for socket in Array(sockets.values) { socket.engineClosed(reason) }
        tryAgain()
    }

    /// A packet broke a rule: the connection is closed, and opened again after a while.
    func fail(_ what: String) {
        guard let engine else { return }
        engine.close()
        engineClosed(engine, .parseError, what: what)
    }
}

extension ClientDisconnectReason {
    /// The reason that sockets are told when their engine session ended for this one.
    init(_ reason: CloseReason) {
        switch reason {
        case .transportClose, .forcedClose, .serverShuttingDown: self = .transportClose
        case .transportError, .slowConsumer: self = .transportError
        case .pingTimeout: self = .pingTimeout
        case .parseError: self = .parseError
        }
    }
}
