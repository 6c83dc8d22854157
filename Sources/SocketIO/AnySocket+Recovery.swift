internal import SocketIOCore
internal import SocketIOProtocol

extension AnySocket {
    /// Sends an event by way of the log, where it has its place when this returns: what the same caller sends next,
    /// to whomever, comes after it.
    ///
    /// A handler may go on when its socket has ended: what it sends reaches the client when that comes back, or
    /// where it has come back already.
    func emitInOrder(_ event: EventPacket, isCompressed: Bool, _ recovery: NamespaceRecovery) {
        let options = BroadcastOptions(rooms: [Room(id)], isCompressed: isCompressed)
        if let place = recovery.emit(event, options: options, of: self) { core.shards[place].wake() }
    }

    /// What was emitted before the socket could be found by others; on the loop.
    func emitBeforePublished(_ event: EventPacket, _ options: BroadcastOptions) {
        guard let mine = recovery, let recovery = core.recovery else {
            keep(event, options)
            return
        }
        // Woken by whoever empties the inbox now.
        _ = recovery.emit(event, options: options, pid: mine.pid)
    }

    /// The socket has joined, and everything that was sent before is in the log.
    func publish() {
        guard let pid = recovery?.pid, let recovery = core.recovery else { return }
        repeat { shard.empty() } while !recovery.publish(self, pid: pid)
    }

    /// What is kept of the socket while its client is away.
    func session(_ reason: DisconnectReason, end: UInt64, now: Int64) -> NamespaceRecovery.Session? {
        guard reason.isRecoverable, !connection.isV2Client, let recovery else { return nil }
        return NamespaceRecovery.Session(
            id: id, pid: recovery.pid, state: memory, rooms: shard.rooms(of: self),
            history: recovery.history,
            startedAt: recovery.startedAt, lastSent: recovery.lastSent, endedAt: end, disconnectedAt: now)
    }
}

extension DisconnectReason {
    /// Whether a client may come back to its session after this: the connection broke, nobody wanted to leave.
    var isRecoverable: Bool {
        switch self {
        case .transportError, .transportClose, .forcedClose, .pingTimeout, .serverShuttingDown,
            .forcedServerClose,
            .slowConsumer, .sessionTakenOver:
            true
        case .rateLimited, .parseError, .clientNamespaceDisconnect, .serverNamespaceDisconnect,
            .connectTimeout,
            .unauthorized:
            false
        }
    }
}
