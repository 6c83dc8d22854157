internal import SocketIOCore
internal import Synchronization

/// Keeps the reports of a collector until its end, which one task waits for.
final class GatheredAnswers: Sendable {
    private struct State {
        var reports: [AnswerReport] = []
        var hasEnded = false
        var waiter: CheckedContinuation<[AnswerReport], Never>?
    }

    private let state = Mutex(State())

    func add(_ report: AnswerReport) {
        let ended: (CheckedContinuation<[AnswerReport], Never>, [AnswerReport])? = state.withLock { state in
            state.reports.append(report)
            guard case .ended = report else { return nil }
            state.hasEnded = true
            guard let waiter = state.waiter else { return nil }
            state.waiter = nil
            return (waiter, state.reports)
        }
        if let (waiter, reports) = ended { waiter.resume(returning: reports) }
    }

    /// All reports, once the collection has ended. For one task.
    func wait() async -> [AnswerReport] {
        await withCheckedContinuation { continuation in
            let reports: [AnswerReport]? = state.withLock { state in
                if !state.hasEnded { state.waiter = continuation }
                return state.hasEnded ? state.reports : nil
            }
            if let reports { continuation.resume(returning: reports) }
        }
    }
}
