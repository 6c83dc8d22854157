/// A bucket of tokens, one a handshake, that fills evenly: so many a second, at most as many at once.
struct HandshakeRate {
    private let perSecond: Int
    /// In thousandths, as a millisecond brings `perSecond` of them.
    private var thousandths: Int
    private var filledAt: Int64

    /// A full bucket. `perSecond` is at most 10^9.
    init(perSecond: Int, now: Int64) {
        self.perSecond = perSecond
        thousandths = perSecond * 1_000
        filledAt = now
    }

    /// Takes a token if there is one.
    ///
    /// - Parameter now: milliseconds, of a clock that never runs back; if it does, nothing is added.
    mutating func take(now: Int64) -> Bool {
        let passed = Int(min(max(0, now - filledAt), 1_000))
        filledAt = max(filledAt, now)
        thousandths = min(perSecond * 1_000, thousandths + passed * perSecond)
        guard thousandths >= 1_000 else { return false }
        thousandths -= 1_000
        return true
    }
}
