/// What became of sessions and of attempts to recover them, since the start.
public struct RecoveryCounters: Sendable, Equatable {
    /// Sessions that were kept when their client went away.
    public var stored = 0
    /// Attempts that got id, rooms, state and every missed packet back.
    public var recovered = 0
    /// Recovered sessions whose former socket still looked alive; also counted as recovered.
    public var takenOver = 0
    /// Sessions whose client did not come back in time.
    public var expired = 0
    /// Sessions that made room for newer ones.
    public var evicted = 0
    /// Sessions that the server ended while their client was away, a refused authentication included.
    public var dropped = 0

    /// Attempts with a private id that no session has: expired, recovered before, or never given out.
    public var unknown = 0
    /// Attempts that came after more packets, changes of rooms or time than are kept.
    public var overflow = 0
    /// Attempts with an offset that is not one of the namespace's own log.
    public var foreignOffset = 0
    /// Attempts whose private id or offset was of the wrong type or length.
    public var malformed = 0
    /// Attempts that the authentication, or the namespace's own rule for recovery, refused.
    public var refused = 0

    /// Nothing yet.
    public init() {}
}
