/// A file where it was sent: one entry of `files`.
public struct SharedFile: Hashable, Sendable {
    /// The file.
    public let file: StoredFile
    /// The message that it came with.
    public let seq: MessageSeq
    /// Who sent it.
    public let sender: UserID
    /// When.
    public let sentAt: Timestamp

    /// A file where it was sent.
    public init(file: StoredFile, seq: MessageSeq, sender: UserID, sentAt: Timestamp) {
        self.file = file
        self.seq = seq
        self.sender = sender
        self.sentAt = sentAt
    }
}
