public import ChatDomain

/// Messages that are no longer kept and rooms that are deleted, to read.
public protocol RetentionReading {
    /// Up to `limit` conversations whose oldest messages were taken before `moment`, with at most `batch` of these each.
    func expiredHistory(before moment: Timestamp, limit: Int, batch: Int) throws -> [ExpiredHistory]
    /// A room that ``RetentionWriting/removeRoom(_:at:)`` was called for and whose content is not all gone.
    func nextRemovedRoom() throws -> ConversationRecord?
    /// The ids of all members.
    func members(of conversation: ConversationKey) throws -> [UserID]
}

/// The same, to write.
public protocol RetentionWriting {
    /// Removes the messages up to `last`, with everything that hangs on them. The files that came with them are loose then.
    func deleteHistory(of conversation: ConversationKey, upTo last: MessageSeq) throws
    /// Gives the conversation the number of a change that is of no single message.
    func nextRev(of conversation: ConversationKey) throws -> Int64
    /// Makes a room one that nobody is in and nobody finds.
    func removeRoom(_ conversation: ConversationKey, at now: Timestamp) throws
    /// Forgets a removed room that holds no messages any more.
    func deleteRoom(_ conversation: ConversationKey) throws
}

/// The messages of a conversation that are to go next.
public struct ExpiredHistory: Sendable {
    /// The store's key of the conversation.
    public let conversation: ConversationKey
    /// The oldest message.
    public let first: MessageSeq
    /// The last one that is to go.
    public let last: MessageSeq
    /// Whether no further ones have to go.
    public let isWhole: Bool

    /// Messages that are to go.
    public init(conversation: ConversationKey, first: MessageSeq, last: MessageSeq, isWhole: Bool) {
        self.conversation = conversation
        self.first = first
        self.last = last
        self.isWhole = isWhole
    }
}
