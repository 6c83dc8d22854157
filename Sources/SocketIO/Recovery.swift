internal import EngineIOProtocol
internal import SocketIOCore

/// Connection state recovery: a client that comes back soon after its connection broke gets its socket's id,
/// rooms and state back, and every event that it missed; or a new socket, never a part.
///
/// While it is on, each event that is neither volatile nor waits for an answer carries its offset as a further
/// argument at the end, as in the reference. Memory is bounded by what is given here, for each namespace.
public struct Recovery: Sendable {
    /// How long a client may be away.
    public var maxDisconnection: Duration
    /// Whether the authenticator judges a client that comes back again: what it returns is the socket's state
    /// then, and what it throws ends the session. Without it the state of before goes on unasked.
    public var rerunAuthentication: Bool
    /// How many events are kept for those who are away.
    public var maxPackets: Int
    /// How many bytes of events are kept for those who are away.
    public var maxBytes: Int
    /// How many sessions may wait for their client; the one that waits longest makes room.
    public var maxSessions: Int

    /// Recovery with these bounds.
    public init(
        maxDisconnection: Duration = .seconds(120), rerunAuthentication: Bool = true,
        maxPackets: Int = 10_000,
        maxBytes: Int = 16 << 20, maxSessions: Int = 10_000
    ) {
        self.maxDisconnection = maxDisconnection
        self.rerunAuthentication = rerunAuthentication
        self.maxPackets = maxPackets
        self.maxBytes = maxBytes
        self.maxSessions = maxSessions
    }

    var limits: RecoveryLimits {
        RecoveryLimits(
            maxDisconnection: maxDisconnection.milliseconds, maxPackets: maxPackets,
            maxBytes: maxBytes, maxSessions: maxSessions)
    }
}
