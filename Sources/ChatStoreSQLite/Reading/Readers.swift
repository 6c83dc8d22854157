internal import Foundation
internal import GRDB
internal import Synchronization

/// A few threads that read, each from a snapshot of its own; they neither wait for the writer nor hold it up.
///
/// Threads of their own, because a read may wait for the disk: on the threads of Swift's concurrency it would hold up
/// everything else there.
final class Readers: Sendable {
    private let pool: DatabasePool
    private let queue: WorkQueue<QueuedRead>
    private let count: Int
    private let running: Mutex<Int>

    init(_ pool: DatabasePool, count: Int, capacity: Int) {
        self.pool = pool
        self.queue = WorkQueue(capacity: capacity)
        self.count = count
        self.running = Mutex(count)
    }

    /// Starts the threads. `finished` is called on the last one when the queue was closed and the last read is done.
    func start(finished: @escaping @Sendable () -> Void) {
        for index in 0..<count {
            let thread = Thread { [self] in
                while let read = queue.next(limit: 1).first {
                    perform(read)
                }
                let left = running.withLock { running in
                    running -= 1
                    return running
                }
                if left == 0 { finished() }
            }
            thread.name = "chat-reader-\(index)"
            thread.start()
        }
    }

    /// Queues a read.
    func add(_ read: QueuedRead) -> WorkQueue<QueuedRead>.Admission {
        queue.add(read)
    }

    /// Refuses further reads and lets the threads end after the last one.
    func close() {
        queue.close()
    }

    private func perform(_ read: QueuedRead) {
        do {
            let finish = try pool.read { try read.perform($0) }
            finish()
        } catch {
            read.fail(error)
        }
    }
}
