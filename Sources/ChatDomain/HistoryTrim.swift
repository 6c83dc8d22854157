/// The beginning of a conversation's history was removed, because it was older than messages are kept. It counts as a change of the
/// conversation: whoever missed it finds a hole among the numbers of changes.
public struct HistoryTrim: Hashable, Sendable {
    /// Where.
    public let conversation: ConversationID
    /// The number of this change.
    public let rev: Int64
    /// The oldest message that is still kept; one more than the newest message where none is.
    public let firstSeq: MessageSeq

    /// A removal.
    public init(conversation: ConversationID, rev: Int64, firstSeq: MessageSeq) {
        self.conversation = conversation
        self.rev = rev
        self.firstSeq = firstSeq
    }
}
