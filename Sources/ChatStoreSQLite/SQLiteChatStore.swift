public import ChatDomain
public import ChatService
internal import Foundation
internal import GRDB
internal import Synchronization

/// The store port over one SQLite file: readers beside one writer that commits in groups (`GroupCommit`).
///
/// Write-ahead log, `synchronous=FULL`: what a write returned is on disk. Reads see everything that was committed
/// before they began.
public final class SQLiteChatStore: ChatStore {
    /// See ``ChatStore/epoch``: made with the database, and anew in every backup.
    public let epoch: String

    private let pool: DatabasePool
    private let writer: GroupCommit
    let report: @Sendable (StoreFailure) -> Void
    private let pendingReads = Mutex(0)
    private let readLimit: Int
    private let closed = CloseGate()

    /// Opens the database at `path`, makes it when it is missing, and brings an older one up to date.
    ///
    /// - Parameters:
    ///   - path: The database file; SQLite keeps `-wal` and `-shm` beside it, this program `-lock`.
    ///   - options: How it is used.
    ///   - report: Hears of everything that the machine could not do; called on any thread.
    /// - Throws: `StoreOpenError`.
    public init(
        path: String, options: SQLiteStoreOptions = SQLiteStoreOptions(),
        report: @escaping @Sendable (StoreFailure) -> Void
    ) throws(StoreOpenError) {
        let lock = try FileLock(path + "-lock", database: path)
        let opened = try DatabaseOpening.open(path, options: options)
        self.pool = opened.pool
        self.epoch = opened.epoch
        self.report = report
        self.readLimit = options.pendingReads
        self.writer = GroupCommit(
            opened.pool, capacity: options.pendingWrites, batchLimit: options.batch, report: report)
        writer.start { [pool, closed] in
            do {
                // After the reads that are under way; without them the whole log fits into the file.
                _ = try pool.barrierWriteWithoutTransaction { try $0.checkpoint(.truncate) }
                try pool.close()
            } catch {
                report(StoreFailure(operation: "close", cause: error))
            }
            lock.release()
            closed.open()
        }
    }

    deinit {
        _ = writer.close()
    }

    /// Refuses further writes, does those that wait, empties the write-ahead log into the file and closes it. Returns
    /// when all of that is done; reads and writes after it are `unavailable`.
    public nonisolated(nonsending) func close() async {
        _ = writer.close()
        await closed.wait()
    }

    /// See ``ChatStore/read(_:)``.
    public nonisolated(nonsending) func read<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Value
    ) async throws(ChatError) -> Value {
        try await snapshot { try body(Transaction($0)) }
    }

    /// See ``ChatStore/write(_:committed:)``.
    public nonisolated(nonsending) func write<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Value,
        committed: @escaping @Sendable (Value) -> Void
    ) async throws(ChatError) -> Value {
        let writer = writer
        let result: Result<Value, ChatError> = await withCheckedContinuation { continuation in
            let write = QueuedWrite(
                perform: { transaction in
                    let value = try body(transaction)
                    return {
                        committed(value)
                        continuation.resume(returning: .success(value))
                    }
                },
                fail: { continuation.resume(returning: .failure($0)) })
            switch writer.add(write) {
            case .queued: break
            case .full: continuation.resume(returning: .failure(.busy))
            case .closed: continuation.resume(returning: .failure(.unavailable))
            }
        }
        return try result.get()
    }

    /// What the writing thread has done so far.
    public var writeCounters: WriteCounters { writer.snapshot() }

    /// One consistent snapshot on a reading connection.
    nonisolated(nonsending) func snapshot<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(ChatError) -> Value {
        let admitted = pendingReads.withLock { pending in
            guard pending < readLimit else { return false }
            pending += 1
            return true
        }
        guard admitted else { throw .busy }
        defer { pendingReads.withLock { $0 -= 1 } }
        let pool = pool
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            pool.asyncRead { database in
                continuation.resume(returning: Result { try body(try database.get()) })
            }
        }
        switch result {
        case .success(let value): return value
        case .failure(let error as ChatError): throw error
        case .failure(let error):
            report(StoreFailure(operation: "read", cause: error))
            throw .unavailable
        }
    }
}
