/// A message with everything that a `msg` event carries.
public struct Message: Hashable, Sendable {
    /// The conversation that it stands in.
    public let conversation: ConversationID
    /// Its place there.
    public let seq: MessageSeq
    /// The `cid` that its sender chose; `nil` for system messages.
    public let clientID: ClientMessageID?
    /// Who wrote it; for a system message, who acted.
    public let sender: UserID
    /// The sender's name when this value was made.
    public let senderName: String
    /// When the server took it.
    public let sentAt: Timestamp
    /// The text; for a system message a whole sentence ("Anna joined.").
    public let body: String
    /// Text or system.
    public let kind: MessageKind
    /// The files that came with it.
    public var files: [StoredFile] = []

    /// A message.
    public init(
        conversation: ConversationID, seq: MessageSeq, clientID: ClientMessageID?, sender: UserID,
        senderName: String, sentAt: Timestamp, body: String, kind: MessageKind
    ) {
        self.conversation = conversation
        self.seq = seq
        self.clientID = clientID
        self.sender = sender
        self.senderName = senderName
        self.sentAt = sentAt
        self.body = body
        self.kind = kind
    }

    /// The message's address, `<conversation>/<seq>`.
    public var id: String { "\(conversation)/\(seq)" }
}
