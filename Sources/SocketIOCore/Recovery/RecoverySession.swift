/// What is kept of a socket whose client is away: enough to make it again.
///
/// `State` is what the namespace's authenticator returned; an adapter that keeps sessions outside the process
/// needs it to be `Codable`, this room does not.
public struct RecoverySession<State: Sendable>: Sendable {
    /// The socket's public id.
    public let id: SocketID
    /// What the client proves with that the session is its own. A secret between the two.
    public let pid: String
    /// What the authenticator returned.
    public let state: State
    /// The rooms, the socket's own aside.
    public internal(set) var rooms: Set<Room>
    /// Which rooms they were before.
    public internal(set) var history: RoomHistory
    /// Where the log ended when the socket joined: nothing up to here was for it.
    public let startedAt: UInt64
    /// The last recoverable packet that was sent to the socket; at least ``startedAt``.
    public let lastSent: UInt64
    /// What the socket's loop had delivered when it ended; what came after was not sent.
    public let endedAt: UInt64
    /// When the client went away, in milliseconds.
    public let disconnectedAt: Int64

    /// A session of these values.
    public init(
        id: SocketID, pid: String, state: State, rooms: Set<Room>, history: RoomHistory, startedAt: UInt64,
        lastSent: UInt64, endedAt: UInt64, disconnectedAt: Int64
    ) {
        self.id = id
        self.pid = pid
        self.state = state
        self.rooms = rooms
        self.history = history
        self.startedAt = startedAt
        self.lastSent = max(startedAt, lastSent)
        self.endedAt = max(startedAt, lastSent, endedAt)
        self.disconnectedAt = disconnectedAt
    }

    /// How the session goes on for a client that has received everything up to `received`; nil when the log or
    /// the history of rooms does not reach back far enough: what was missed is given whole or not at all.
    ///
    /// - Parameters:
    ///   - received: nil when the client knows of nothing that it received.
    ///   - log: what was sent.
    public func resumption<Packet>(
        after received: UInt64?, in log: RecoveryLog<Packet>
    ) -> RecoveryResumption<Packet>? {
        guard (received ?? 0) <= log.end else { return nil }
        var start = max(received ?? 0, startedAt)
        // Whoever has the last packet that was sent has all of them, however long ago that was.
        if start >= lastSent { start = max(start, endedAt) }
        guard start >= log.floor, start >= history.floor else { return nil }
        var walk = RoomHistory.Walk(now: rooms, history)
        let own = Room(id)
        var missed: [RecoveryLog<Packet>.Entry] = []
        for entry in log.newestFirst(after: start) {
            let rooms = walk.rooms(at: entry.position)
            if entry.concerns({ $0 == own || rooms.contains($0) }) { missed.append(entry) }
        }
        missed.reverse()
        return RecoveryResumption(start: start, missed: missed)
    }
}
