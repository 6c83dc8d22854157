internal import NIOCore
internal import Synchronization

/// The time of a test, and everything that waits for it. Time moves only when somebody moves it.
final class VirtualClock: Sendable {
    private struct Timer: Sendable {
        let deadline: NIODeadline
        let number: UInt64
        let loop: VirtualLoop
        let fire: @Sendable () -> Void
        let cancel: @Sendable () -> Void
    }

    private struct State: Sendable {
        var now = VirtualClock.beginning
        var timers: [Timer] = []
        var nextNumber: UInt64 = 0
        /// Tasks that were given to a loop and have not run yet.
        var outstanding = 0
    }

    /// A test starts at an hour: what looks back from there finds no negative time.
    static let beginning = NIODeadline.uptimeNanoseconds(3_600_000_000_000)

    private let state = Mutex(State())

    var now: NIODeadline { state.withLock { $0.now } }

    /// When the next timer is due.
    var nextDeadline: NIODeadline? { state.withLock { $0.timers.map(\.deadline).min() } }

    /// Has `fire` run on `loop` at `deadline`, or `cancel` when the test ends before.
    func schedule(
        _ loop: VirtualLoop, at deadline: NIODeadline, fire: @escaping @Sendable () -> Void,
        cancel: @escaping @Sendable () -> Void
    ) -> UInt64 {
        state.withLock { state in
            let number = state.nextNumber
            state.nextNumber += 1
            state.timers.append(
                Timer(deadline: deadline, number: number, loop: loop, fire: fire, cancel: cancel))
            return number
        }
    }

    func cancel(_ number: UInt64) {
        state.withLock { state in state.timers.removeAll { $0.number == number } }
    }

    // MARK: - Rest

    func began() { state.withLock { $0.outstanding += 1 } }

    func finished() { state.withLock { $0.outstanding -= 1 } }

    private var isAtRest: Bool { state.withLock { $0.outstanding == 0 } }

    /// Returns when no loop has anything to do. What runs elsewhere, in an actor or a database, is not seen.
    func settle(_ loops: [VirtualLoop]) async {
        repeat {
            for loop in loops { await loop.barrier() }
        } while !isAtRest
    }

    // MARK: - Moving

    /// Moves the time, timer by timer; each one's consequences have happened before the next one fires.
    func advance(by amount: TimeAmount, _ loops: [VirtualLoop]) async {
        await settle(loops)
        let end = now + amount
        while let timer = takeNext(before: end) {
            timer.loop.execute(timer.fire)
            await settle(loops)
        }
        state.withLock { $0.now = max($0.now, end) }
        await settle(loops)
    }

    private func takeNext(before end: NIODeadline) -> Timer? {
        state.withLock { state in
            let due = state.timers.indices.filter { state.timers[$0].deadline <= end }
            let next = due.min { left, right in
                let (left, right) = (state.timers[left], state.timers[right])
                return (left.deadline, left.number) < (right.deadline, right.number)
            }
            guard let next else { return nil }
            let timer = state.timers.remove(at: next)
            state.now = max(state.now, timer.deadline)
            return timer
        }
    }

    /// The test is over: nothing fires any more.
    func cancelAll() {
        let timers = state.withLock { state in
            defer { state.timers = [] }
            return state.timers
        }
        for timer in timers { timer.loop.execute(timer.cancel) }
    }
}
