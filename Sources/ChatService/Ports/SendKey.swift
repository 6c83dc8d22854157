public import ChatDomain

/// What a person's `cid` was used for.
public struct SendKey: Sendable {
    /// Where the message went.
    public let conversation: ConversationKey
    /// The place it got.
    public let seq: MessageSeq
    /// The fingerprint of its content.
    public let fingerprint: Int64
    /// When the message was taken: known also when the message is no longer kept.
    public let sentAt: Timestamp

    /// What a `cid` was used for.
    public init(conversation: ConversationKey, seq: MessageSeq, fingerprint: Int64, sentAt: Timestamp) {
        self.conversation = conversation
        self.seq = seq
        self.fingerprint = fingerprint
        self.sentAt = sentAt
    }
}
