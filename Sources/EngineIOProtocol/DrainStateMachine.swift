/// Governs the end of a server that has clients: their sessions are closed in batches spread over a time, so that
/// they do not all come back at once; then the last polls and the connections are waited for; at the deadline what is
/// left is cut.
///
/// ```
///   +-----------+ all were asked to close +-----------+ over, or patience +-----------+ none left +-------+
///   | spreading | ----------------------> | lingering | ----------------> | finishing | --------> | ended |
///   +-----------+                         +-----------+ closeConnections  +-----------+           +-------+
///                                                                               |  deadline: cut      ^
///                                                                               +---------------------+
/// ```
///
/// Times are milliseconds. The driver closes, waits and counts; this says how many and until when.
public struct DrainStateMachine: Sendable {
    /// What the driver has to do now.
    public enum Order: Equatable, Sendable {
        /// Close so many further sessions in good order, then ask again.
        case close(Int)
        /// Idle connections may be closed from now on. Said once.
        case closeConnections
        /// Ask again at this time, or earlier when something ended.
        case wait(until: Int64)
        /// The deadline came: cut what is left.
        case cut
        /// It is over.
        case done
    }

    private enum State: Sendable {
        case spreading(closed: Int)
        /// Sessions without a held poll may still fetch their last packets.
        case lingering(until: Int64)
        case finishing
        case ended
    }

    /// Milliseconds for which connections stay for the last polls, at most.
    public static let patience: Int64 = 2_000

    /// Milliseconds between two batches, at least.
    public static let step: Int64 = 100

    private var state: State
    private let total: Int
    private let start: Int64
    private let spread: Int64
    private let deadline: Int64

    /// - Parameters:
    ///   - sessions: how many there are to close.
    ///   - now: when it begins.
    ///   - spread: the time over which they are closed; 0 closes all at once.
    ///   - limit: from the beginning to the deadline.
    public init(sessions: Int, now: Int64, spread: Int64, limit: Int64) {
        total = max(0, sessions)
        start = now
        deadline = SessionTicks.later(now, by: max(0, limit))
        // Batches that would come after the deadline come before it.
        self.spread = min(max(0, spread), max(0, limit))
        state = total == 0 ? .lingering(until: now) : .spreading(closed: 0)
    }

    /// Sessions that were asked to close so far.
    public var closed: Int {
        switch state {
        case .spreading(let closed): closed
        case .lingering, .finishing, .ended: total
        }
    }

    /// What is to be done now.
    ///
    /// - Parameters:
    ///   - now: the current time in milliseconds.
    ///   - left: sessions that are still there, and connections once they may be closed.
    public mutating func next(now: Int64, left: Int) -> Order {
        switch state {
        case .spreading(let closed):
            let due = due(at: now)
            guard due <= closed else {
                state = due >= total ? .lingering(until: patienceEnds(now)) : .spreading(closed: due)
                return .close(due - closed)
            }
            return .wait(until: min(deadline, later(now)))
        case .lingering(let end):
            guard left <= 0 || now >= end else { return .wait(until: min(end, later(now))) }
            state = .finishing
            return .closeConnections
        case .finishing:
            guard left > 0 else {
                state = .ended
                return .done
            }
            guard now >= deadline else { return .wait(until: min(deadline, later(now))) }
            state = .ended
            return .cut
        case .ended: return .done
        }
    }

    private func later(_ now: Int64) -> Int64 { SessionTicks.later(now, by: Self.step) }

    private func patienceEnds(_ now: Int64) -> Int64 {
        min(SessionTicks.later(now, by: Self.patience), deadline)
    }

    /// How many sessions should have been asked to close by now: the first batch goes at once.
    private func due(at now: Int64) -> Int {
        let (elapsed, overflow) = now.subtractingReportingOverflow(start)
        guard !overflow, elapsed < spread, now < deadline else { return total }
        let (steps, past) = max(0, elapsed).addingReportingOverflow(Self.step)
        guard !past, steps < spread else { return total }
        // A share of the total, rounded up; full width, for both are somebody's configuration.
        let product = total.multipliedFullWidth(by: Int(steps))
        let share = Int(spread).dividingFullWidth(product).quotient
        return min(total, share + 1)
    }
}
