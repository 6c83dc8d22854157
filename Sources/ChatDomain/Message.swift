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
    /// Whether a program wrote it.
    public var isFromBot = false
    /// The files that came with it.
    public var files: [StoredFile] = []

    /// What the pages that it links to say of themselves.
    public var previews: [LinkPreview] = []

    /// How many messages of people there are up to this one.
    public var count: Int64 = 0
    /// 1, and one more for each edit.
    public var version: Int64 = 1
    /// The number of its newest change in the conversation; zero when it never changed.
    public var rev: Int64 = 0
    /// When it was edited last.
    public var editedAt: Timestamp?
    /// Whether only its place is left.
    public var isDeleted = false
    /// Who deleted it, when that was not its author.
    public var deletedBy: UserID?
    /// What it replies to.
    public var quote: Quote?
    /// How many replies to it there are; deleted ones do not count.
    public var replies = 0
    /// Reactions, in the order of each emoji's first use.
    public var reactions: [ReactionTally] = []
    /// Who pinned it.
    public var pinnedBy: UserID?
    /// The members whom it names.
    public var mentions: [UserID] = []
    /// Whether it names everybody.
    public var mentionsAll = false

    /// A message as it is when it was just sent.
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
