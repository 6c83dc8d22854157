public import ChatDomain

/// An entry of the audit log as it is stored: each holds the hash of the one before it.
public struct AuditRow: Hashable, Sendable {
    /// Its place, from 1, without holes.
    public let id: Int64
    /// When.
    public let at: Timestamp
    /// The public id of who did it.
    public let actor: String?
    /// From where.
    public let ip: String?
    /// The word of an `AuditAction`.
    public let action: String
    /// To whom or what.
    public let target: String?
    /// More about it, as JSON.
    public let data: String?
    /// The hash of the entry before; 32 zeros in the first one.
    public let previous: [UInt8]
    /// The SHA-256 of all of the above; see `AuditChain`.
    public let hash: [UInt8]

    /// A row.
    public init(
        id: Int64, at: Timestamp, actor: String?, ip: String?, action: String, target: String?, data: String?,
        previous: [UInt8], hash: [UInt8]
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.ip = ip
        self.action = action
        self.target = target
        self.data = data
        self.previous = previous
        self.hash = hash
    }
}

/// The audit log, to read.
public protocol AuditReading {
    /// The newest entry.
    func lastAuditRow() throws -> AuditRow?
    /// Entries after the one with this place, rising.
    func auditRows(after id: Int64, limit: Int) throws -> [AuditRow]
    /// Entries before the one with this place, falling: the newest first.
    func auditEntries(before id: Int64?, action: AuditAction?, actor: UserID?, limit: Int) throws
        -> [AuditEntry]
}

/// The audit log, to write: it only grows.
public protocol AuditWriting: AuditReading {
    /// Adds an entry.
    func insertAuditRow(_ row: AuditRow) throws
}
