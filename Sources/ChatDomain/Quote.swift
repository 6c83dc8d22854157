/// The message that another one replies to, as it stands when the reply is read.
public struct Quote: Hashable, Sendable {
    /// Its place in the conversation.
    public let seq: MessageSeq
    /// Who wrote it.
    public let sender: UserID
    /// The sender's name.
    public let senderName: String
    /// Its first `Limits.preview` characters; empty when it was deleted.
    public let body: String
    /// Whether it was deleted.
    public let isDeleted: Bool

    /// A quote; cuts the body.
    public init(seq: MessageSeq, sender: UserID, senderName: String, body: String, isDeleted: Bool) {
        self.seq = seq
        self.sender = sender
        self.senderName = senderName
        self.body = isDeleted ? "" : String(body.unicodeScalars.prefix(Limits.preview))
        self.isDeleted = isDeleted
    }

    /// What a reply to this message quotes.
    public init(_ message: Message) {
        self.init(
            seq: message.seq, sender: message.sender, senderName: message.senderName, body: message.body,
            isDeleted: message.isDeleted)
    }
}
