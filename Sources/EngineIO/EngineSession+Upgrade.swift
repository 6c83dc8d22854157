internal import EngineIOProtocol
internal import NIOCore

/// The way from polling to a WebSocket.
extension EngineSession {
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
            server.observer?.upgrading(self)
            connection.write([OutboxEntry(.probeAnswer)])
            releasePoll()
        case .completeUpgrade:
            releasePoll()
            webSocket = connection
            probe = nil
            connection.upgraded()
            noteUpgraded()
            if isReadingPaused { connection.setReading(false) }
            markDirty()
        case .closeProbe:
            probe = nil
            noteUpgradeFailed()
            connection.close(code: nil)
            if !outbox.isEmpty { markDirty() }
        }
        armTimer()
    }

    func releasePoll() {
        if machine.takePoll() { answerPollWithNoop() }
    }

    func answerPollWithNoop() {
        let held = poll
        poll = nil
        var payload = PayloadEncoder(form: form.payload(holdsBinary: false))
        payload.append(.noop)
        held?.respondPayload(payload)
    }
}
