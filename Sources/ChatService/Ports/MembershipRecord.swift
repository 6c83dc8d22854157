public import ChatDomain

/// A membership as it is stored.
public struct MembershipRecord: Sendable {
    /// What the member is.
    public let role: Role
    /// The read position.
    public let read: MessageSeq
    /// `ConversationRecord.count` at the read position.
    public let readCount: Int64
    /// The delivered position.
    public let delivered: MessageSeq
    /// Until when a moderator lets the member write nothing; zero: they may write.
    public let silencedUntil: Timestamp
    /// How often the member has moved the read position by hand.
    public let readRevision: Int64

    /// A record.
    public init(
        role: Role, read: MessageSeq, readCount: Int64, delivered: MessageSeq, silencedUntil: Timestamp,
        readRevision: Int64
    ) {
        self.role = role
        self.read = read
        self.readCount = readCount
        self.delivered = delivered
        self.silencedUntil = silencedUntil
        self.readRevision = readRevision
    }
}
