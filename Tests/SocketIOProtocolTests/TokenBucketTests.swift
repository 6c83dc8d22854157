internal import SocketIOProtocol
internal import Testing

/// Limits in time that the test sets.
@Suite("Token bucket")
struct TokenBucketTests {
    @Test("a burst at once, then so many a second, never more than a burst")
    func rate() {
        var bucket = TokenBucket(RateLimit(perSecond: 10, burst: 3), now: 1_000)
        func take(_ now: Int64) -> Bool { bucket.take(now: now) }
        #expect((0..<5).map { _ in take(1_000) } == [true, true, true, false, false])
        #expect(!take(1_099))
        #expect(take(1_100))
        #expect(!take(1_199))
        #expect(take(1_200))
        #expect((0..<5).map { _ in take(100_000) } == [true, true, true, false, false])
    }

    @Test("clocks that jump give nothing, or a full bucket, and no trap")
    func jumps() {
        var bucket = TokenBucket(RateLimit(perSecond: 1_000_000, burst: 1), now: 0)
        func take(_ now: Int64) -> Bool { bucket.take(now: now) }
        #expect(take(0))
        #expect(!take(-5))
        #expect(take(.max))
        #expect(!take(.max))
        var early = TokenBucket(RateLimit(perSecond: 1, burst: 1_000_000), now: .min)
        let isFull = early.take(now: .max)
        #expect(isFull)
        #expect(RateLimit(perSecond: 7).burst == 7 && RateLimit(perSecond: .max).burst == 1_000_000)
        #expect(RateLimit(perSecond: -1, burst: 0) == RateLimit(perSecond: 1, burst: 1))
    }

    @Test("over a long time the rate is kept exactly", arguments: [1, 3, 7, 999])
    func longRun(_ perSecond: Int) {
        var bucket = TokenBucket(RateLimit(perSecond: perSecond, burst: 2), now: 0)
        func take(_ now: Int64) -> Bool { bucket.take(now: now) }
        let taken = (0..<10_000).count { take(Int64($0)) }
        #expect(abs(taken - perSecond * 10) <= 1 + perSecond / 100)
    }
}
