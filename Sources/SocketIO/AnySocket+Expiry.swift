internal import EngineIO
internal import NIOCore
internal import SocketIOProtocol

/// Sockets whose right to be connected ends at some time. The others have no timer and no word for it.
extension AnySocket {
    /// Sets when the socket's state expires, in place of what was set before.
    func setExpiry(_ expiry: Expiry) {
        onLoop {
            let deadline = expiry.deadline(
                now: self.eventLoop.now, unixTime: self.connection.configuration.unixTime)
            guard deadline != nil || self.extras?.expiry != nil else { return }
            let extras = self.extrasMade()
            extras.expiry = deadline
            extras.hasWarned = false
            guard self.isConnectedFlag else { return }
            self.armExpiry()
        }
    }

    /// Waits for the warning, then for the end.
    func armExpiry() {
        guard let extras, let expiry = extras.expiry else {
            self.extras?.timer?.cancel()
            return
        }
        let timer = extras.timer ?? EngineTimer(of: session) { [weak self] in self?.expiryTimerFired() }
        extras.timer = timer
        if !extras.hasWarned, let warning = core.current.all.expiring {
            let time = expiry - warning.before
            timer.arm(at: max(time, eventLoop.now))
        } else {
            timer.arm(at: expiry)
        }
    }

    private func expiryTimerFired() {
        guard isConnectedFlag, let extras, let expiry = extras.expiry else { return }
        let now = eventLoop.now
        if !extras.hasWarned, let warning = core.current.all.expiring, now >= expiry - warning.before {
            extras.hasWarned = true
            if now < expiry { enqueue(.expiring) }
        }
        // The wheel's milliseconds are whole ones, the deadline's are not.
        guard now + .milliseconds(1) > expiry else {
            armExpiry()
            return
        }
        connection.leaveFromServer(self, reason: .unauthorized)
    }

    /// How long until the socket's state expires; nil for never. To be asked on the event loop, such as in a handler of
    /// this socket.
    public var expiresIn: Duration? {
        extras?.expiry.map { .nanoseconds(max(0, ($0 - eventLoop.now).nanoseconds)) }
    }

    /// Judges new credentials as at the CONNECT, and takes over the state that they give.
    ///
    /// - Parameter authJSON: what would be the CONNECT's payload, a JSON object.
    /// - Throws: what the authenticator throws, and `ConnectError` when the namespace has none for this name. The
    ///   socket then keeps the state that it has, until that expires.
    public func refresh(authJSON: [UInt8]) async throws {
        guard let refresh = core.current.all.refresh else { throw ConnectError.invalidNamespace }
        try await refresh(
            self,
            Handshake(
                namespace: namespaceName, authJSON: authJSON, request: session.request,
                issued: connection.configuration.now, coding: connection.configuration.json))
    }
}
