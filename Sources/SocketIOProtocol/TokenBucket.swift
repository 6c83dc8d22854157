/// Keeps a ``RateLimit``: a bucket of tokens that fills with time; each event takes one.
///
/// A pure value. It counts thousandths of tokens, so that nothing is lost to rounding: in a millisecond a limit of
/// `n` a second gives `n` of them.
public struct TokenBucket: Sendable, Equatable {
    private let limit: RateLimit
    private var thousandths: Int64
    private var filledAt: Int64

    /// A full bucket.
    ///
    /// - Parameters:
    ///   - limit: how many, and how fast.
    ///   - now: the current time in milliseconds.
    public init(_ limit: RateLimit, now: Int64) {
        self.limit = limit
        self.thousandths = Int64(limit.burst) * 1_000
        self.filledAt = now
    }

    /// Takes a token; false when there is none.
    ///
    /// - Parameter now: the current time in milliseconds; a clock that went back gives nothing.
    public mutating func take(now: Int64) -> Bool {
        let (elapsed, overflow) = now.subtractingReportingOverflow(self.filledAt)
        if overflow || elapsed > 0 {
            let full = Int64(self.limit.burst) * 1_000
            let missing = full - self.thousandths
            // Compared before it is multiplied: a pause may be long.
            let isFull = overflow || elapsed >= missing / Int64(self.limit.perSecond) + 1
            self.thousandths =
                isFull ? full : min(full, self.thousandths + elapsed * Int64(self.limit.perSecond))
            self.filledAt = now
        }
        guard self.thousandths >= 1_000 else { return false }
        self.thousandths -= 1_000
        return true
    }
}
