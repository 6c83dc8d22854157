internal import Synchronization

/// What all clients saw.
final class Tally: Sendable {
    private let state = Mutex(LoadReport())

    func connected(after time: Duration) { state.withLock { $0.connects.append(time) } }

    func refused(_ why: String) { state.withLock { $0.refused[why, default: 0] += 1 } }

    func lost(_ why: String) { state.withLock { $0.lost[why, default: 0] += 1 } }

    func answered(after time: Duration) { state.withLock { $0.answers.append(time) } }

    func unanswered(_ why: String) { state.withLock { $0.unanswered[why, default: 0] += 1 } }

    func report(wanted: Int, seconds: Double) -> LoadReport {
        var report = state.withLock { $0 }
        report.wanted = wanted
        report.seconds = seconds
        return report
    }
}
