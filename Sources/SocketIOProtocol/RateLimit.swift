/// How often something may happen: `burst` times at once, `perSecond` times a second in the long run.
public struct RateLimit: Sendable, Equatable {
    /// In the long run; at least 1.
    public let perSecond: Int
    /// At once; at least 1.
    public let burst: Int

    /// A limit; values below 1 count as 1, above a million as that.
    public init(perSecond: Int, burst: Int? = nil) {
        self.perSecond = min(max(1, perSecond), 1_000_000)
        self.burst = min(max(1, burst ?? perSecond), 1_000_000)
    }
}
