internal import Testing

@testable internal import EngineIO

/// The wheel against a list that is searched from end to end.
struct TimerWheelTests {
    private final class Timer: WheelTimer {
        let number: Int

        init(_ number: Int) {
            self.number = number
        }
    }

    /// What a timer waits for, and since when.
    private struct Waiting {
        var deadline: Int64
        var armedAt: Int64

        var earliest: Int64 { max(deadline, armedAt) }
    }

    @Test("Never early, never later than one tick, nobody forgotten", arguments: SeededGenerator.seeds)
    func againstTheOracle(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for size in [8, 64, 1024] {
            var now = Int64.random(in: 0...1_000_000, using: &random)
            var wheel = TimerWheel(now: now, size: size)
            let timers = (0..<40).map(Timer.init)
            var waiting: [Int: Waiting] = [:]
            for _ in 0..<2_000 {
                let number = Int.random(in: 0..<timers.count, using: &random)
                switch Int.random(in: 0..<6, using: &random) {
                case 0, 1, 2:
                    let reach = ([30, 1_000, 60_000] as [Int64]).randomElement(using: &random) ?? 30
                    let deadline = now + Int64.random(in: -50...reach, using: &random)
                    wheel.arm(timers[number], at: deadline)
                    waiting[number] = Waiting(deadline: deadline, armedAt: now)
                case 3:
                    wheel.cancel(timers[number])
                    waiting[number] = nil
                default:
                    let longest = ([3, 40, 90_000] as [Int64]).randomElement(using: &random) ?? 3
                    now += Int64.random(in: 0...longest, using: &random)
                    turn(&wheel, to: now, &waiting, seed: seed)
                }
                #expect(wheel.count == waiting.count)
                #expect(timers.allSatisfy { $0.isArmed == (waiting[$0.number] != nil) })
                checkNextTurn(wheel, waiting)
            }
            now += 100_000
            turn(&wheel, to: now, &waiting, seed: seed)
            #expect(wheel.count == 0)
        }
    }

    private func turn(
        _ wheel: inout TimerWheel, to now: Int64, _ waiting: inout [Int: Waiting], seed: UInt64
    ) {
        for due in wheel.turn(to: now) {
            guard let timer = due as? Timer, let wait = waiting.removeValue(forKey: timer.number) else {
                Issue.record("seed \(seed): told twice, or told though cancelled")
                continue
            }
            #expect(wait.deadline <= now, "seed \(seed): early")
            #expect(!timer.isArmed)
        }
        for wait in waiting.values {
            #expect(wait.earliest + TimerWheel.tick > now, "seed \(seed): late")
        }
    }

    /// Somebody who turns the wheel only when it asks for it misses nothing.
    private func checkNextTurn(_ wheel: borrowing TimerWheel, _ waiting: [Int: Waiting]) {
        let next = wheel.nextTurn()
        #expect((next == nil) == waiting.isEmpty)
        guard let next, let first = waiting.values.map(\.earliest).min() else { return }
        #expect(next < first + 2 * TimerWheel.tick)
    }

    @Test(
        "A deadline that is never reached costs nothing",
        arguments: [Int64.max, Int64.max - 1, Int64.max - 9, Int64.max - 10])
    func farthestDeadline(deadline: Int64) {
        var wheel = TimerWheel(now: 0)
        let timer = Timer(0)
        wheel.arm(timer, at: deadline)
        #expect(wheel.count == 1)
        #expect(wheel.turn(to: 1_000_000).isEmpty)
        wheel.cancel(timer)
        #expect(wheel.count == 0)
        #expect(wheel.nextTurn() == nil)
    }

    @Test("Deadlines of the same slot keep apart by turns of the wheel")
    func sameSlot() {
        var wheel = TimerWheel(now: 0, size: 8)
        let timers = (1...5).map(Timer.init)
        for timer in timers { wheel.arm(timer, at: Int64(timer.number) * 80) }
        for round in 1...5 {
            #expect(wheel.turn(to: Int64(round) * 80 - 1).isEmpty)
            #expect(wheel.turn(to: Int64(round) * 80).compactMap { ($0 as? Timer)?.number } == [round])
        }
    }

    @Test func cancelInTheMiddle() {
        var wheel = TimerWheel(now: 0)
        let timers = (0..<5).map(Timer.init)
        for timer in timers { wheel.arm(timer, at: 100) }
        wheel.cancel(timers[2])
        wheel.cancel(timers[2])
        wheel.cancel(timers[0])
        wheel.cancel(timers[4])
        #expect(Set(wheel.turn(to: 100).compactMap { ($0 as? Timer)?.number }) == [1, 3])
        #expect(wheel.count == 0)
    }
}
