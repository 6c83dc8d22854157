public import ChatDomain

/// A conversation as it is stored.
public struct ConversationRecord: Sendable {
    /// The store's key.
    public let key: ConversationKey
    /// The public id.
    public let id: ConversationID
    /// What it is.
    public let kind: ConversationKind
    /// The room's name; empty for other kinds.
    public let name: String
    /// How many members.
    public let members: Int
    /// The newest message.
    public let seq: MessageSeq
    /// How many messages of people there were so far (system messages do not count).
    public let count: Int64
    /// The newest change.
    public let rev: Int64
    /// The oldest message that is still kept.
    public let firstSeq: MessageSeq
    /// When the newest message was taken.
    public let lastSentAt: Timestamp
    /// Whether it can only be read.
    public let isArchived: Bool

    /// A record.
    public init(
        key: ConversationKey, id: ConversationID, kind: ConversationKind, name: String, members: Int,
        seq: MessageSeq, count: Int64, rev: Int64, firstSeq: MessageSeq, lastSentAt: Timestamp,
        isArchived: Bool
    ) {
        self.key = key
        self.id = id
        self.kind = kind
        self.name = name
        self.members = members
        self.seq = seq
        self.count = count
        self.rev = rev
        self.firstSeq = firstSeq
        self.lastSentAt = lastSentAt
        self.isArchived = isArchived
    }
}
