public import ChatDomain

/// Messages, to read.
public protocol MessageReading {
    /// The first `limit` messages from `range.lowerBound` on, in rising order.
    func messages(
        of conversation: ConversationRecord, in range: ClosedRange<MessageSeq>, first limit: Int
    ) throws -> [Message]
    /// How many messages of people there are up to `seq`.
    func count(in conversation: ConversationKey, upTo seq: MessageSeq) throws -> Int64
    /// What the person used the `cid` for.
    func sendKey(of user: UserKey, cid: ClientMessageID) throws -> SendKey?
}

/// Messages, to write.
public protocol MessageWriting {
    /// Gives a message the next place of its conversation and keeps it; the place, and the new count.
    func append(_ message: NewMessage) throws -> (seq: MessageSeq, count: Int64)
    /// Remembers what the person used the `cid` for.
    func insertSendKey(_ key: SendKey, of user: UserKey, cid: ClientMessageID) throws
    /// Forgets about `limit` uses of a `cid` from before `moment`, the oldest ones; how many. Fewer than `limit`: there
    /// are no more.
    func deleteSendKeys(before moment: Timestamp, limit: Int) throws -> Int
}
