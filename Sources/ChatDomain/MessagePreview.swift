/// The newest message of a conversation, as the list of conversations shows it.
public struct MessagePreview: Hashable, Sendable {
    /// Its place.
    public let seq: MessageSeq
    /// Who wrote it.
    public let sender: UserID
    /// The sender's name.
    public let senderName: String
    /// Its first `Limits.preview` characters.
    public let body: String
    /// When the server took it.
    public let sentAt: Timestamp
    /// Text or system.
    public let kind: MessageKind
    /// How many files came with it.
    public let files: Int
    /// Whether it was deleted.
    public let isDeleted: Bool

    /// A preview; cuts the body.
    public init(
        seq: MessageSeq, sender: UserID, senderName: String, body: String, sentAt: Timestamp,
        kind: MessageKind, files: Int = 0, isDeleted: Bool = false
    ) {
        self.seq = seq
        self.sender = sender
        self.senderName = senderName
        self.body = String(body.unicodeScalars.prefix(Limits.preview))
        self.sentAt = sentAt
        self.kind = kind
        self.files = files
        self.isDeleted = isDeleted
    }
}
