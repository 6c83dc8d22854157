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

    private let readers: Readers
    private let writer: GroupCommit
    let report: @Sendable (StoreFailure) -> Void
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
        let lock = options.isBesideServer ? nil : try FileLock(path + "-lock", database: path)
        let opened = try DatabaseOpening.open(path, options: options)
        let pool = opened.pool
        self.epoch = opened.epoch
        self.report = report
        self.readers = Readers(pool, count: options.readers, capacity: options.pendingReads)
        self.writer = GroupCommit(
            pool, capacity: options.pendingWrites, batchLimit: options.batch, report: report)
        // The last write ends the reads, the last read closes the file.
        writer.start { [readers] in readers.close() }
        readers.start { [closed] in
            do {
                // Closes the reading connections, so that the writer is the last one: it removes the log.
                pool.releaseMemory()
                if !options.isBesideServer {
                    _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
                }
                try pool.close()
            } catch {
                report(StoreFailure(operation: "close", cause: error))
            }
            lock?.release()
            closed.open()
        }
    }

    deinit {
        writer.close()
    }

    /// Refuses further writes, does those that wait, empties the write-ahead log into the file and closes it. Returns
    /// when all of that is done; reads and writes after it are `unavailable`.
    public nonisolated(nonsending) func close() async {
        refuseWrites()
        await closed.wait()
    }

    /// The first step of closing.
    func refuseWrites() {
        writer.close()
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

    /// See ``ChatStore/activity``.
    public var activity: WriteActivity { writer.snapshot().activity }

    /// One consistent snapshot on a reading thread.
    nonisolated(nonsending) func snapshot<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(ChatError) -> Value {
        let readers = readers
        let report = report
        let result: Result<Value, ChatError> = await withCheckedContinuation { continuation in
            let read = QueuedRead(
                perform: { database in
                    let value = try body(database)
                    return { continuation.resume(returning: .success(value)) }
                },
                fail: { error in
                    if let refusal = error as? ChatError {
                        continuation.resume(returning: .failure(refusal))
                    } else {
                        report(StoreFailure(operation: "read", cause: error))
                        continuation.resume(returning: .failure(.unavailable))
                    }
                })
            switch readers.add(read) {
            case .queued: break
            case .full: continuation.resume(returning: .failure(.busy))
            case .closed: continuation.resume(returning: .failure(.unavailable))
            }
        }
        return try result.get()
    }
}
