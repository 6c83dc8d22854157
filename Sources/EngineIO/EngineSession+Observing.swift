internal import EngineIOProtocol
internal import NIOCore

/// Counts what happens in a session, and tells the observer if there is one.
extension EngineSession {
    /// What the session's event loop counts. To be used on the loop.
    package var meter: LoopMeter { loop.meter }

    func noteOpened(isWebSocket: Bool) {
        isCountedAsWebSocket = isWebSocket
        meter.count(isWebSocket ? .webSocketHandshakes : .pollingHandshakes)
        meter.count(isWebSocket ? .webSocketSessions : .pollingSessions)
        server.observer?.opened(self)
    }

    /// The session left the table; asked once.
    func noteGone() {
        meter.count(isCountedAsWebSocket ? .webSocketSessions : .pollingSessions, -1)
    }

    func noteClosed(_ reason: CloseReason) {
        meter.closed(reason, closeDetail)
        server.observer?.closed(self, reason, closeDetail)
    }

    func noteReceived(_ type: EnginePacketType, _ data: ByteBuffer) {
        meter.count(.packetsIn)
        meter.count(.bytesIn, data.readableBytes &+ 1)
        guard server.isObserved, let observer = server.observer else { return }
        observer.received(type, data, from: self)
        switch (type, form.version) {
        case (.message, _): observer.received(message: data, isBinary: false, from: self)
        case (.pong, .v4), (.ping, .v3): observer.heartbeat(self)
        case (.open, _), (.close, _), (.ping, _), (.pong, _), (.upgrade, _), (.noop, _): break
        }
    }

    func noteReceived(binary data: ByteBuffer) {
        meter.count(.packetsIn)
        meter.count(.bytesIn, data.readableBytes)
        guard server.isObserved, let observer = server.observer else { return }
        observer.received(.message, data, from: self)
        observer.received(message: data, isBinary: true, from: self)
    }

    func noteCreated(_ packet: OutgoingPacket) {
        meter.count(.packetsOut)
        meter.count(.bytesOut, packet.byteCount)
        if server.isObserved { server.observer?.created(packet, for: self) }
    }

    func noteFlush() {
        guard server.isObserved, let observer = server.observer, machine.isOpen, !outbox.isEmpty else {
            return
        }
        observer.flushing(outbox.count, of: self)
    }

    func noteDrained() {
        if server.isObserved { server.observer?.drained(self) }
    }

    func noteUpgraded() {
        isCountedAsWebSocket = true
        meter.count(.upgrades)
        meter.count(.pollingSessions, -1)
        meter.count(.webSocketSessions)
        server.observer?.upgraded(self)
        handler?.transportChanged()
    }

    func noteUpgradeFailed() {
        meter.count(.failedUpgrades)
        server.observer?.upgradeFailed(self)
    }
}
