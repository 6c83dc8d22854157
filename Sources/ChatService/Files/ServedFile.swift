public import ChatDomain

/// A file that is open for somebody who may read it.
public struct ServedFile: Sendable {
    /// The file; of a small picture, the file that it shows.
    public let file: StoredFile
    /// What is served.
    public let type: FileType
    /// How many bytes.
    public let count: Int
    private let contents: OpenFile
    private let depot: FileDepot

    init(file: StoredFile, type: FileType, count: Int, contents: OpenFile, depot: FileDepot) {
        self.file = file
        self.type = type
        self.count = count
        self.contents = contents
        self.depot = depot
    }

    /// At most `count` bytes at an offset; fewer only at the end.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func read(at offset: Int, count: Int) async throws(ChatError) -> [UInt8] {
        let contents = contents
        return try await depot.perform { try contents.read(at: offset, count: count) }
    }
}

extension Chat {
    /// Opens a file, or the small picture of it, for somebody who uploaded it or is where it was sent: `GET /files/<f>`.
    ///
    /// - Throws: `not_found` to everybody else; `busy`; `unavailable`.
    public nonisolated(nonsending) func openFile(
        _ id: FileID, thumbnail: Bool, by user: UserID
    ) async throws(ChatError) -> ServedFile {
        let depot = try requireDepot()
        let record = try await store.read { store -> FileRecord in
            let person = try store.requirePerson(user)
            guard let record = try store.file(id), try store.mayRead(record.key, person.key) else {
                throw ChatError.fileNotFound
            }
            return record
        }
        guard !thumbnail || record.file.hasThumbnail else { throw .fileNotFound }
        let contents = try await depot.open(id, thumbnail: thumbnail)
        let (count, start) = try await depot.perform {
            (try contents.count(), try contents.read(at: 0, count: FileType.sniffedBytes))
        }
        return ServedFile(
            file: record.file, type: thumbnail ? FileType.sniffed(start) : record.file.type, count: count,
            contents: contents, depot: depot)
    }

    /// Files sent into a conversation before a message, the newest first: `files`.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func listFiles(
        of conversation: ConversationID, before seq: MessageSeq = .max, limit: Int = Limits.filePage,
        by user: UserID
    ) async throws(ChatError) -> [SharedFile] {
        try actionLimiter.admit(user, at: clock.now())
        let limit = min(max(limit, 1), Limits.filePage)
        return try await store.read { store in
            let access = try store.permit(.read, of: user, in: conversation)
            return try store.files(of: access.conversation.key, before: seq, limit: limit)
        }
    }
}
