internal import Testing

@testable internal import SocketIOClient

/// The same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct BackoffTests {
    @Test(
        arguments: [(0, 1_000), (1, 2_000), (2, 4_000), (3, 5_000), (4, 5_000), (Int.max, 5_000)]
            as [(Int, Int64)])
    func withoutJitterTheDelayDoublesUpToTheMaximum(_ attempt: Int, _ expected: Int64) {
        var random = SeededGenerator(state: 1)
        let backoff = Backoff(randomizationFactor: 0)
        #expect(backoff.milliseconds(attempt: attempt, using: &random) == expected)
    }

    @Test func jitterStaysWithinItsPartAndBelowTheMaximum() {
        var random = SeededGenerator(state: 2)
        let backoff = Backoff()
        var seen: Set<Int64> = []
        for attempt in 0..<2_000 {
            let delay = backoff.milliseconds(attempt: attempt % 8, using: &random)
            let base = min(Int64(5_000), 1_000 << Int64(attempt % 8))
            #expect(delay >= base / 2 && delay <= min(5_000, base * 3 / 2))
            if attempt % 8 == 7 { seen.insert(delay) }
        }
        // At the maximum too: a crowd must not come back in step.
        #expect(seen.count > 100)
    }

    @Test(arguments: [
        Backoff(delay: .milliseconds(-5), maxDelay: .milliseconds(-1)),
        Backoff(delay: .milliseconds(Int64.max), maxDelay: .milliseconds(Int64.max)),
        Backoff(delay: .milliseconds(1), maxDelay: .milliseconds(Int64.max), randomizationFactor: .infinity),
        Backoff(delay: .milliseconds(7), maxDelay: .milliseconds(9), randomizationFactor: .nan),
    ])
    func noValueTraps(_ backoff: Backoff) {
        var random = SeededGenerator(state: 3)
        for attempt in [Int.min, -1, 0, 1, 61, 62, 63, 64, Int.max] {
            let delay = backoff.milliseconds(attempt: attempt, using: &random)
            #expect(delay >= 0 && delay <= max(0, backoff.maxDelay.milliseconds))
        }
    }
}
