internal import Dispatch
internal import Foundation
internal import Synchronization

/// A few threads of their own for work that keeps a processor busy for milliseconds, and a bounded queue before them.
///
/// Such work on the threads of Swift's concurrency would hold up everything else there.
final class WorkerThreads: Sendable {
    private let queue: Queue

    /// Starts `count` threads; at most `limit` pieces of work wait for them.
    init(count: Int, limit: Int, name: String) {
        let queue = Queue(limit: limit)
        self.queue = queue
        for index in 0..<max(1, count) {
            let thread = Thread { queue.run() }
            thread.name = "\(name)-\(index)"
            thread.start()
        }
    }

    deinit {
        queue.close()
    }

    /// Queues a piece of work; `false` when too much is waiting.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        queue.submit(work)
    }

    /// What the threads share; they hold it, not the `WorkerThreads`, so that its end can end them.
    private final class Queue: Sendable {
        private struct State: Sendable {
            var waiting: [@Sendable () -> Void] = []
            var isClosed = false
        }

        private let limit: Int
        private let state = Mutex(State())
        private let available = DispatchSemaphore(value: 0)

        init(limit: Int) {
            self.limit = limit
        }

        func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
            let accepted = state.withLock { state in
                guard state.waiting.count < limit else { return false }
                state.waiting.append(work)
                return true
            }
            if accepted { available.signal() }
            return accepted
        }

        /// Accepted work is still done; then each thread passes the word on and ends.
        func close() {
            state.withLock { $0.isClosed = true }
            available.signal()
        }

        func run() {
            while true {
                available.wait()
                let (work, isClosed) = state.withLock { state in
                    (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
                }
                if let work {
                    work()
                } else if isClosed {
                    available.signal()
                    return
                }
            }
        }
    }
}
