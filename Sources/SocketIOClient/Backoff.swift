internal import EngineIOProtocol

/// How long to wait before the next attempt to connect: exponential, with jitter.
///
/// Departure from the reference: it applies the jitter before the maximum, so that after a few attempts every
/// client waits exactly the maximum, and a crowd that lost its server comes back in step. Here the delay is drawn
/// from the part of its range that does not exceed the maximum.
public struct Backoff: Equatable, Sendable {
    /// How long to wait before the first attempt (`reconnectionDelay`).
    public var delay: Duration
    /// The longest wait between two attempts (`reconnectionDelayMax`).
    public var maxDelay: Duration
    /// The part of a delay that is left to chance, 0...1 (`randomizationFactor`).
    public var randomizationFactor: Double

    /// The reference's defaults.
    public init(
        delay: Duration = .seconds(1), maxDelay: Duration = .seconds(5), randomizationFactor: Double = 0.5
    ) {
        self.delay = delay
        self.maxDelay = maxDelay
        self.randomizationFactor = randomizationFactor
    }

    /// Milliseconds to wait before the attempt with this number, counted from 0.
    ///
    /// Never negative and never above ``maxDelay``, whatever the values are.
    func milliseconds(attempt: Int, using generator: inout some RandomNumberGenerator) -> Int64 {
        // Far above any sane delay, and far below what could overflow or lose digits in a Double.
        let most = min(max(0, maxDelay.milliseconds), 1 << 52)
        var base = min(max(0, delay.milliseconds), most)
        // Doubling stops at the maximum: no power that could overflow.
        var doublings = max(0, attempt)
        while doublings > 0, base > 0, base < most {
            base = base > most / 2 ? most : base * 2
            doublings -= 1
        }
        let factor = randomizationFactor.isNaN ? 0 : min(max(randomizationFactor, 0), 1)
        let spread = Int64(Double(base) * factor)
        guard spread > 0 else { return base }
        // Drawn from what is allowed, not cut to it afterwards: else half of all would wait exactly the maximum.
        return Int64.random(in: max(0, base - spread)...min(most, base + spread), using: &generator)
    }
}
