internal import Synchronization

/// Counts, and writes down, what hooks are told on whatever thread.
final class Counter: Sendable {
    private let all = Mutex<[String]>([])

    var count: Int { all.withLock(\.count) }
    var notes: [String] { all.withLock { $0 } }

    func add(_ note: String = "") {
        all.withLock { $0.append(note) }
    }

    /// What was noted since this was asked last.
    func takeNotes() -> [String] {
        all.withLock { notes in
            defer { notes = [] }
            return notes
        }
    }
}
