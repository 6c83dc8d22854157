public import SocketIOCore

/// What a namespace keeps for clients that are away, and what became of those that came back.
public struct RecoveryReport: Sendable, Equatable {
    /// Sessions that wait for their client.
    public let waitingSessions: Int
    /// Events in the log.
    public let packets: Int
    /// Bytes of the events in the log.
    public let bytes: Int
    /// What happened so far.
    public let counters: RecoveryCounters
}
