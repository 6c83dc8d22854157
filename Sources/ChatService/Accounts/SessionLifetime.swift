internal import ChatDomain

/// How long a session lives: so long after its last use, and so long at most.
public struct SessionLifetime: Hashable, Sendable {
    /// Milliseconds after the last use.
    public let idle: Int64
    /// Milliseconds after the sign-in.
    public let absolute: Int64
    /// A use is recorded when the last recorded one is so many milliseconds old.
    public let touch: Int64

    /// A lifetime; without a word 30 days after the last use, 180 days at most, uses recorded once an hour.
    public init(
        idle: Int64 = 30 * 86_400_000, absolute: Int64 = 180 * 86_400_000, touch: Int64 = 3_600_000
    ) {
        self.idle = idle
        self.absolute = absolute
        self.touch = touch
    }

    /// When a session of `createdAt` that is used at `now` ends.
    func end(createdAt: Timestamp, usedAt now: Timestamp) -> Timestamp {
        min(now.advanced(byMilliseconds: idle), createdAt.advanced(byMilliseconds: absolute))
    }
}
