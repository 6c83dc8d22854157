/// A position that moved: the `mark` event.
public struct Mark: Hashable, Sendable {
    /// Where.
    public let conversation: ConversationID
    /// Whose.
    public let user: UserID
    /// The new read position, when it moved.
    public let read: MessageSeq?
    /// The new delivered position, when it moved.
    public let delivered: MessageSeq?
    /// What is still unread for `user`; only for this person's own devices.
    public let unread: Int?
    /// Unread messages that name `user`; only for this person's own devices.
    public let mentions: Int?
    /// The number of the last move by hand, when that is what this is; only for this person's own devices.
    public let readRevision: Int64?
    /// Whether the other members hear of it too (without `unread`).
    public let isShared: Bool

    /// A position that moved.
    public init(
        conversation: ConversationID, user: UserID, read: MessageSeq?, delivered: MessageSeq?, unread: Int?,
        mentions: Int? = nil, readRevision: Int64? = nil, isShared: Bool
    ) {
        self.conversation = conversation
        self.user = user
        self.read = read
        self.delivered = delivered
        self.unread = unread
        self.mentions = mentions
        self.readRevision = readRevision
        self.isShared = isShared
    }
}
