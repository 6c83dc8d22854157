/// So many a second on average, and so many at once.
public struct Rate: Hashable, Sendable {
    /// How many a second, on average. Greater than zero.
    public let perSecond: Double
    /// How many at once after a pause. At least one.
    public let burst: Int

    /// A rate; values below the smallest sensible ones are raised to them.
    public init(perSecond: Double, burst: Int) {
        self.perSecond = perSecond.isFinite ? min(max(perSecond, 0.000_1), 1_000_000) : 1_000_000
        self.burst = min(max(burst, 1), 1_000_000)
    }
}
