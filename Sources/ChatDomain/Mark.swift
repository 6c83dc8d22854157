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
    /// Whether the other members hear of it too (without `unread`).
    public let isShared: Bool

    /// A position that moved.
    public init(
        conversation: ConversationID, user: UserID, read: MessageSeq?, delivered: MessageSeq?, unread: Int?,
        isShared: Bool
    ) {
        self.conversation = conversation
        self.user = user
        self.read = read
        self.delivered = delivered
        self.unread = unread
        self.isShared = isShared
    }
}
