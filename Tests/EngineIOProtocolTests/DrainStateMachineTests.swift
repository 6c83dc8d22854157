internal import EngineIOProtocol
internal import Testing

/// The end of a server: in batches, with patience, and never later than the deadline.
struct DrainStateMachineTests {
    /// Lets time pass as the machine says, with `left(closed, now)` sessions there.
    private static func run(
        _ sessions: Int, spread: Int64, limit: Int64, left: (Int, Int64) -> Int
    ) -> (orders: [String], end: Int64) {
        var machine = DrainStateMachine(sessions: sessions, now: 0, spread: spread, limit: limit)
        var now: Int64 = 0
        var orders: [String] = []
        for _ in 0..<10_000 {
            let order = machine.next(now: now, left: left(machine.closed, now))
            switch order {
            case .wait(let until): now = until
            case .done: return (orders + ["\(now) done"], now)
            case .close, .closeConnections, .cut: orders.append("\(now) \(order)")
            }
        }
        return (orders + ["for ever"], now)
    }

    @Test("Nobody there: over at once")
    func empty() {
        let run = Self.run(0, spread: 10_000, limit: 20_000) { _, _ in 0 }
        #expect(run.orders == ["0 closeConnections", "0 done"])
    }

    @Test("Without a spread all are closed at once")
    func atOnce() {
        let run = Self.run(5, spread: 0, limit: 1_000) { closed, _ in 5 - closed }
        #expect(run.orders == ["0 close(5)", "0 closeConnections", "0 done"])
    }

    @Test("Batches a step apart, and no bigger than the share of time")
    func spread() {
        let run = Self.run(10, spread: 500, limit: 5_000) { closed, _ in 10 - closed }
        #expect(
            run.orders == [
                "0 close(3)", "100 close(2)", "200 close(2)", "300 close(2)", "400 close(1)",
                "400 closeConnections", "400 done",
            ])
    }

    @Test("Last polls are waited for, but not for long")
    func patience() {
        let polls = Self.run(3, spread: 0, limit: 10_000) { _, now in now < 700 ? 1 : 0 }
        #expect(polls.orders == ["0 close(3)", "700 closeConnections", "700 done"])
        let never = Self.run(3, spread: 0, limit: 10_000) { _, _ in 1 }
        #expect(never.orders == ["0 close(3)", "2000 closeConnections", "10000 cut", "10000 done"])
        let soon = Self.run(3, spread: 0, limit: 500) { _, _ in 1 }
        #expect(soon.orders == ["0 close(3)", "500 closeConnections", "500 cut", "500 done"])
    }

    @Test("A spread longer than the limit ends with it")
    func longSpread() {
        let run = Self.run(100, spread: 60_000, limit: 1_000) { closed, _ in 100 - closed }
        #expect(run.end <= 1_000)
        #expect(run.orders.last?.hasSuffix("done") == true)
    }

    static let extremes: [Int64] = [.min, -1, 0, 1, 99, 100, .max - 1, .max]

    @Test("No duration and no time overflows", arguments: extremes, extremes)
    func noOverflow(spread: Int64, limit: Int64) {
        for sessions in [Int.min, 0, 1, .max] {
            for start in Self.extremes {
                var machine = DrainStateMachine(sessions: sessions, now: start, spread: spread, limit: limit)
                for now in Self.extremes { _ = machine.next(now: now, left: 1) }
                for now in Self.extremes.reversed() { _ = machine.next(now: now, left: 0) }
            }
        }
    }

    @Test("Every session is closed once, whatever the times", arguments: SeededGenerator.seeds)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let sessions = Int.random(in: 0...50_000, using: &random)
            let spread = Int64.random(in: 0...20_000, using: &random)
            let limit = Int64.random(in: 0...30_000, using: &random)
            var machine = DrainStateMachine(sessions: sessions, now: 0, spread: spread, limit: limit)
            var now: Int64 = 0
            var closed = 0
            loop: while true {
                switch machine.next(now: now, left: max(0, sessions - closed)) {
                case .close(let count):
                    #expect(count > 0)
                    closed += count
                case .wait(let until):
                    #expect(until > now && until <= limit, "seed \(seed)")
                    now = until + Int64.random(in: 0...30, using: &random)
                case .closeConnections: #expect(closed == sessions)
                case .cut: #expect(now >= limit)
                case .done: break loop
                }
            }
            #expect(closed == sessions, "seed \(seed)")
        }
    }
}
