public import ChatDomain

/// A message that is about to get its place.
public struct NewMessage: Sendable {
    /// Where.
    public let conversation: ConversationKey
    /// From whom.
    public let sender: UserKey
    /// The sender's `cid`; `nil` for system messages.
    public let clientID: ClientMessageID?
    /// When.
    public let sentAt: Timestamp
    /// Text or system; only texts raise the conversation's count.
    public let kind: MessageKind
    /// The text.
    public let body: String
    /// The message that it replies to.
    public let replyTo: MessageSeq?
    /// The name that stands over it in place of the sender's.
    public let alias: String?

    /// A message without a place.
    public init(
        conversation: ConversationKey, sender: UserKey, clientID: ClientMessageID?, sentAt: Timestamp,
        kind: MessageKind, body: String, replyTo: MessageSeq? = nil, alias: String? = nil
    ) {
        self.conversation = conversation
        self.sender = sender
        self.clientID = clientID
        self.sentAt = sentAt
        self.kind = kind
        self.body = body
        self.replyTo = replyTo
        self.alias = alias
    }
}
