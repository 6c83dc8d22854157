/// How a database is used.
public struct SQLiteStoreOptions: Hashable, Sendable {
    /// Threads that read at the same time, each with a connection of its own.
    public var readers: Int
    /// Reads that may wait; further ones are `busy`.
    public var pendingReads: Int
    /// Writes that may wait; further ones are `busy`.
    public var pendingWrites: Int
    /// Writes that share one commit at most.
    public var batch: Int
    /// Megabytes of page cache for each connection.
    public var cacheMegabytes: Int
    /// Beside a server that has the file open: for a command at the console, which changes accounts and nothing else.
    public var isBesideServer: Bool

    /// Options; without a word those that suit a server.
    public init(
        readers: Int = 4, pendingReads: Int = 5_000, pendingWrites: Int = 10_000, batch: Int = 64,
        cacheMegabytes: Int = 32, isBesideServer: Bool = false
    ) {
        self.readers = max(1, readers)
        self.pendingReads = max(1, pendingReads)
        self.pendingWrites = max(1, pendingWrites)
        self.batch = max(1, batch)
        self.cacheMegabytes = max(1, cacheMegabytes)
        self.isBesideServer = isBesideServer
    }
}
