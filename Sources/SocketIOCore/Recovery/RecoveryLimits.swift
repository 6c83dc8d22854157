/// How much of a namespace's past is kept for clients that are away.
public struct RecoveryLimits: Sendable, Equatable {
    /// Milliseconds a session waits for its client, and a packet for the sessions that missed it.
    public var maxDisconnection: Int64
    /// Packets in the log.
    public var maxPackets: Int
    /// Bytes of the packets in the log.
    public var maxBytes: Int
    /// Sessions that wait; the one that waits longest makes room.
    public var maxSessions: Int

    /// Limits with these values.
    public init(
        maxDisconnection: Int64 = 120_000, maxPackets: Int = 10_000, maxBytes: Int = 16 << 20,
        maxSessions: Int = 10_000
    ) {
        self.maxDisconnection = max(0, maxDisconnection)
        self.maxPackets = max(0, maxPackets)
        self.maxBytes = max(0, maxBytes)
        self.maxSessions = max(0, maxSessions)
    }
}
