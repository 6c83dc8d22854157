/// One entry of the audit log, as administrators read it.
public struct AuditEntry: Hashable, Sendable {
    /// Its place in the log, from 1, without holes.
    public let id: Int64
    /// When.
    public let at: Timestamp
    /// Who; nobody for attempts of people who are not signed in, and for the console.
    public let actor: User?
    /// From where.
    public let ip: String?
    /// What.
    public let action: AuditAction
    /// To whom or what: a public id.
    public let target: String?
    /// More about it: a JSON object.
    public let data: String?

    /// An entry.
    public init(
        id: Int64, at: Timestamp, actor: User?, ip: String?, action: AuditAction, target: String?,
        data: String?
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.ip = ip
        self.action = action
        self.target = target
        self.data = data
    }
}
