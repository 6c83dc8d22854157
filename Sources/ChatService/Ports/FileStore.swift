public import ChatDomain

/// The store's own short number of a file; never leaves the server.
public struct FileKey: Hashable, Sendable {
    /// The number.
    public let rawValue: Int64

    /// A key from its number.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// A file as it is stored.
public struct FileRecord: Sendable {
    /// The store's key.
    public let key: FileKey
    /// Whose upload it was.
    public let owner: UserKey
    /// The file.
    public let file: StoredFile

    /// A record.
    public init(key: FileKey, owner: UserKey, file: StoredFile) {
        self.key = key
        self.owner = owner
        self.file = file
    }
}

/// Files, to read. What is in them lies on disk, see `FileDepot`.
public protocol FileReading {
    /// What became of a person's upload.
    func upload(_ id: ClientMessageID, of user: UserKey) throws -> FileRecord?
    /// The file.
    func file(_ id: FileID) throws -> FileRecord?
    /// Whether the file is the person's own, or was sent where they are a member.
    func mayRead(_ file: FileKey, _ user: UserKey) throws -> Bool
    /// Bytes of all files of a person.
    func storedBytes(of user: UserKey) throws -> Int64
    /// The files that came with the messages of a range.
    func files(
        of conversation: ConversationKey, in range: ClosedRange<MessageSeq>
    ) throws -> [MessageSeq: [StoredFile]]
    /// The newest files sent before a message, the newest first.
    func files(of conversation: ConversationKey, before seq: MessageSeq, limit: Int) throws -> [SharedFile]
}

/// Files, to write.
public protocol FileWriting {
    /// Adds what an upload became.
    func insert(_ file: StoredFile, upload: ClientMessageID, of user: UserKey, at now: Timestamp) throws
    /// There is a small picture of the file now.
    func setThumbnail(of file: FileKey) throws
    /// The files came with this message, in this order.
    func attach(_ files: [FileKey], to seq: MessageSeq, in conversation: ConversationKey) throws
    /// The message was deleted: its files are gone with it, unless they came with another one too.
    func detachFiles(from seq: MessageSeq, in conversation: ConversationKey) throws
    /// Gives a person a picture, or takes it away.
    func setAvatar(of user: UserKey, to file: FileID?) throws
    /// Gives a group or room a picture, or takes it away.
    func setAvatar(of conversation: ConversationKey, to file: FileID?) throws
    /// Forgets at most `limit` files from before `moment` that nobody sent; which ones.
    func deleteUnusedFiles(before moment: Timestamp, limit: Int) throws -> [FileID]
}
