internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB
internal import Synchronization

/// The one writer of the database, on a thread of its own.
///
/// ```
///   write ---\                    thread: take what waits (at most 64)
///   write ----> WorkQueue   --->          BEGIN; each write in a savepoint; COMMIT   one fsync for all
///   write ---/  (bounded)                 then, write by write in commit order: announce, wake the waiter
/// ```
///
/// A write that is alone is committed at once; under load the batch is what gathered during the commit before, so that
/// throughput grows with the load and nobody waits for company. A write that a rule refuses undoes itself only.
/// When the commit fails, nothing of the batch is kept and every waiter hears `unavailable`.
final class GroupCommit: Sendable {
    private let pool: DatabasePool
    private let queue: WorkQueue<QueuedWrite>
    private let batchLimit: Int
    private let report: @Sendable (StoreFailure) -> Void
    private let counters = Mutex(WriteCounters())

    init(
        _ pool: DatabasePool, capacity: Int, batchLimit: Int,
        report: @escaping @Sendable (StoreFailure) -> Void
    ) {
        self.pool = pool
        self.queue = WorkQueue(capacity: capacity)
        self.batchLimit = max(1, batchLimit)
        self.report = report
    }

    /// Starts the thread. `finished` is called on it when the queue was closed and the last write is done.
    func start(finished: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            while true {
                let batch = queue.next(limit: batchLimit)
                guard !batch.isEmpty else { break }
                commit(batch)
            }
            finished()
        }
        thread.name = "chat-writer"
        thread.start()
    }

    /// Queues a write.
    func add(_ write: QueuedWrite) -> WorkQueue<QueuedWrite>.Admission {
        queue.add(write)
    }

    /// Refuses further writes and lets the thread end after the last one.
    func close() {
        queue.close()
    }

    /// What was done so far.
    func snapshot() -> WriteCounters {
        var counters = counters.withLock { $0 }
        (counters.activity.waiting, counters.activity.rejected) = queue.counts
        return counters
    }

    private enum Outcome {
        case kept(@Sendable () -> Void)
        case refused(ChatError)
    }

    private func commit(_ batch: [QueuedWrite]) {
        do {
            let outcomes = try pool.writeWithoutTransaction { db in
                try Self.perform(batch, in: db, report: report)
            }
            count(batch, outcomes)
            for (write, outcome) in zip(batch, outcomes) {
                switch outcome {
                case .kept(let finish): finish()
                case .refused(let error): write.fail(error)
                }
            }
        } catch {
            counters.withLock { $0.activity.failedCommits += 1 }
            report(StoreFailure(operation: "commit", cause: error))
            for write in batch {
                write.fail(.unavailable)
            }
        }
    }

    private func count(_ batch: [QueuedWrite], _ outcomes: [Outcome]) {
        let now = ContinuousClock.now
        counters.withLock { counters in
            counters.activity.commits += 1
            counters.addBatch(of: batch.count)
            for (write, outcome) in zip(batch, outcomes) {
                guard case .kept = outcome else {
                    counters.activity.refusedWrites += 1
                    continue
                }
                counters.activity.writes += 1
                counters.activity.delays.add((now - write.queuedAt).wholeNanoseconds)
            }
        }
    }

    private static func perform(
        _ batch: [QueuedWrite], in db: Database, report: (StoreFailure) -> Void
    ) throws -> [Outcome] {
        // Only after a rollback that failed.
        if db.isInsideTransaction { try db.rollback() }
        try db.beginTransaction(.immediate)
        do {
            let transaction = Transaction(db)
            let outcomes = try batch.map { write in
                try perform(write, in: transaction, db, report: report)
            }
            try db.commit()
            return outcomes
        } catch {
            if db.isInsideTransaction { try db.rollback() }
            throw error
        }
    }

    private static func perform(
        _ write: QueuedWrite, in transaction: Transaction, _ db: Database, report: (StoreFailure) -> Void
    ) throws -> Outcome {
        try transaction.run("SAVEPOINT one_write", [])
        do {
            let finish = try write.perform(transaction)
            try transaction.run("RELEASE one_write", [])
            return .kept(finish)
        } catch {
            // Some errors (disk full, I/O) end the whole transaction: then nobody's write is kept.
            guard db.isInsideTransaction else { throw error }
            try transaction.run("ROLLBACK TO one_write", [])
            try transaction.run("RELEASE one_write", [])
            if let refusal = error as? ChatError { return .refused(refusal) }
            report(StoreFailure(operation: "write", cause: error))
            return .refused(.unavailable)
        }
    }
}

extension Duration {
    /// 292 years at most.
    fileprivate var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ attoseconds
            / 1_000_000_000
    }
}
