public import ChatDomain

/// What a person's `cid` was used for.
public struct SendKey: Sendable {
    /// Where the message went.
    public let conversation: ConversationKey
    /// The place it got.
    public let seq: MessageSeq
    /// The fingerprint of its content.
    public let fingerprint: Int64

    /// What a `cid` was used for.
    public init(conversation: ConversationKey, seq: MessageSeq, fingerprint: Int64) {
        self.conversation = conversation
        self.seq = seq
        self.fingerprint = fingerprint
    }
}
