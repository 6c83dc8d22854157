internal import SocketIOCore
internal import Synchronization

/// Remembers by a key which events were handled, and what was answered.
///
/// Keys live in scopes, such as one for each user, so that one cannot push out what is remembered of another. Both
/// numbers are bounded; who was not used for longest is forgotten first.
final class Deduplication: Sendable {
    typealias Answer = EncodedArguments?

    /// What to do with an event.
    enum Verdict {
        /// It is the first: handle it, then say what came of it.
        case handle
        /// It was handled: answer this.
        case answered(Answer)
        /// It is being handled: ``wait(_:_:)`` for its answer.
        case inProgress
    }

    private enum Entry {
        case running([CheckedContinuation<Answer, Never>])
        case done(Answer)
    }

    private let capacity: Int
    private let scopes: Mutex<LRUTable<String, LRUTable<String, Entry>>>

    init(scopes: Int, capacity: Int) {
        self.capacity = capacity
        self.scopes = Mutex(LRUTable(capacity: scopes))
    }

    func begin(_ scope: String, _ key: String) -> Verdict {
        var forgotten: [Entry] = []
        let verdict: Verdict = scopes.withLock { scopes in
            var table = scopes.remove(scope) ?? LRUTable(capacity: capacity)
            defer {
                if let old = scopes.set(scope, table) { forgotten += old.value.allValues }
            }
            switch table.value(key) {
            case .done(let answer): return .answered(answer)
            case .running: return .inProgress
            case nil:
                if let old = table.set(key, .running([])) { forgotten.append(old.value) }
                return .handle
            }
        }
        release(forgotten)
        return verdict
    }

    /// Waits until the first of its kind was handled. Nil when it failed, or was forgotten meanwhile.
    func wait(_ scope: String, _ key: String) async -> Answer {
        await withCheckedContinuation { continuation in
            let answer: Answer? = scopes.withLock { scopes in
                guard var table = scopes.remove(scope) else { return .some(nil) }
                defer { scopes.set(scope, table) }
                switch table.value(key) {
                case .running(let waiting):
                    table.set(key, .running(waiting + [continuation]))
                    return nil
                case .done(let answer): return .some(answer)
                case nil: return .some(nil)
                }
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// The first of its kind was handled.
    ///
    /// - Parameter succeeded: false forgets it, so that a repetition is handled anew.
    func finish(_ scope: String, _ key: String, _ answer: Answer, succeeded: Bool) {
        let waiting: [CheckedContinuation<Answer, Never>] = scopes.withLock { scopes in
            guard var table = scopes.remove(scope) else { return [] }
            defer { if table.count > 0 { scopes.set(scope, table) } }
            guard case .running(let waiting) = table.value(key) else { return [] }
            if succeeded { table.set(key, .done(answer)) } else { table.remove(key) }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: answer) }
    }

    /// Whoever waits for something that had to go is not left waiting.
    private func release(_ entries: [Entry]) {
        for case .running(let waiting) in entries {
            for continuation in waiting { continuation.resume(returning: nil) }
        }
    }
}
