internal import SocketIOCore
internal import SocketIOProtocol

extension AnySocket {
    /// Sends an event by way of the log; to be called on the loop.
    ///
    /// A handler may go on when its socket has ended: what it sends reaches the client when that comes back, or
    /// where it has come back already.
    func emitInOrder(_ event: EventPacket) {
        guard let mine = recovery, let recovery = core.recovery else {
            keep(event)
            return
        }
        let options = BroadcastOptions(rooms: [Room(id)])
        if let place = recovery.emit(event, options: options, pid: mine.pid) { core.shards[place].wake() }
    }

    /// What is kept of the socket while its client is away.
    func session(_ reason: DisconnectReason, end: UInt64, now: Int64) -> NamespaceRecovery.Session? {
        guard reason.isRecoverable, !connection.isV2Client, let recovery else { return nil }
        return NamespaceRecovery.Session(
            id: id, pid: recovery.pid, state: remaker, rooms: shard.rooms(of: self),
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
