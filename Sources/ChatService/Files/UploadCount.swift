internal import Synchronization

/// How many uploads are going on.
final class UploadCount: Sendable {
    private let count = Mutex(0)

    /// Counts one more; `false` when there are as many as there may be.
    func begin(limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func end() {
        count.withLock { $0 -= 1 }
    }
}
