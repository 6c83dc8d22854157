import ChatService
import ChatStoreSQLite
import Dispatch

/// Holds the store's writing thread inside a write until it is let go.
final class WriterHold: Sendable {
    private let entered = DispatchSemaphore(value: 0)
    private let release = DispatchSemaphore(value: 0)

    /// Begins a write and returns when the thread stands in it.
    func hold(_ store: SQLiteChatStore, in group: inout TaskGroup<Result<Int, any Error>>) async {
        group.addTask { [self] in
            do {
                return .success(
                    try await store.write { _ in
                        self.entered.signal()
                        self.release.wait()
                        return -1
                    } committed: { _ in
                    })
            } catch {
                return .failure(error)
            }
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                self.entered.wait()
                continuation.resume()
            }
        }
    }

    func letGo() {
        release.signal()
    }
}
