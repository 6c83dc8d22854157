internal import Synchronization

/// Lets a test decide when a hook goes on.
final class HeldHook: Sendable {
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])
    private let cancellations = Mutex<Int>(0)

    /// How many hooks wait now.
    var count: Int { waiting.withLock(\.count) }
    /// How many were cancelled while they waited.
    var cancelled: Int { cancellations.withLock { $0 } }

    /// Waits for ``release()``, or until the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in waiting.withLock { $0.append(continuation) } }
        } onCancel: {
            cancellations.withLock { $0 += 1 }
            release()
        }
    }

    /// Lets all that wait go on.
    func release() {
        let all = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for continuation in all { continuation.resume() }
    }
}
