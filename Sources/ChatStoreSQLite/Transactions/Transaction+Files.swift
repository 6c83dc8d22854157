internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    private static let columns = "f.pub, f.name, f.type, f.kind, f.size, f.width, f.height, f.thumb"

    func upload(_ id: ClientMessageID, of user: UserKey) throws -> FileRecord? {
        try first(
            "SELECT f.id, f.owner_id, \(Self.columns) FROM files f WHERE f.owner_id = ? AND f.upload = ?",
            [user.rawValue, id.stored]
        ) { try $0.fileRecord() }
    }

    func file(_ id: FileID) throws -> FileRecord? {
        try first(
            "SELECT f.id, f.owner_id, \(Self.columns) FROM files f WHERE f.pub = ?", [id.description]
        ) { try $0.fileRecord() }
    }

    func mayRead(_ file: FileKey, _ user: UserKey) throws -> Bool {
        try exists(
            """
            SELECT 1 FROM files WHERE id = ?1 AND owner_id = ?2
            UNION ALL SELECT 1 FROM file_uses f CROSS JOIN memberships m ON m.user_id = ?2 AND m.conv_id = f.conv_id
            WHERE f.file_id = ?1
            UNION ALL SELECT 1 FROM previews p CROSS JOIN message_previews x ON x.preview_id = p.id
                CROSS JOIN memberships m ON m.user_id = ?2 AND m.conv_id = x.k >> 32
            WHERE p.file_id = ?1
            UNION ALL SELECT 1 FROM files f CROSS JOIN users u ON u.avatar = f.pub WHERE f.id = ?1
            UNION ALL SELECT 1 FROM files f CROSS JOIN conversations c ON c.avatar = f.pub
                LEFT JOIN memberships m ON m.user_id = ?2 AND m.conv_id = c.id
            WHERE f.id = ?1 AND (c.kind = 3 OR m.user_id IS NOT NULL) LIMIT 1
            """, [file.rawValue, user.rawValue])
    }

    func storedBytes(of user: UserKey) throws -> Int64 {
        try first("SELECT coalesce(sum(size), 0) FROM files WHERE owner_id = ?", [user.rawValue]) {
            try $0.int()
        } ?? 0
    }

    func files(
        of conversation: ConversationKey, in range: ClosedRange<MessageSeq>
    ) throws -> [MessageSeq: [StoredFile]] {
        let entries = try all(
            """
            SELECT u.seq, \(Self.columns) FROM file_uses u CROSS JOIN files f ON f.id = u.file_id
            WHERE u.conv_id = ? AND u.seq BETWEEN ? AND ? ORDER BY u.seq, u.position
            """,
            [conversation.rawValue, Int64(range.lowerBound.rawValue), Int64(range.upperBound.rawValue)]
        ) { (try $0.seq(), try $0.storedFile()) }
        return Dictionary(grouping: entries, by: \.0).mapValues { $0.map(\.1) }
    }

    func files(of conversation: ConversationKey, before seq: MessageSeq, limit: Int) throws -> [SharedFile] {
        try all(
            """
            SELECT u.seq, p.pub, m.ts, \(Self.columns) FROM file_uses u
            CROSS JOIN files f ON f.id = u.file_id
            CROSS JOIN messages m ON m.k = (u.conv_id << 32) | u.seq
            CROSS JOIN users p ON p.id = m.sender_id
            WHERE u.conv_id = ? AND u.seq < ? ORDER BY u.seq DESC, u.position LIMIT ?
            """, [conversation.rawValue, Int64(seq.rawValue), limit]
        ) {
            let (seq, sender, sentAt) = (try $0.seq(), try $0.userID(), try $0.time())
            return SharedFile(file: try $0.storedFile(), seq: seq, sender: sender, sentAt: sentAt)
        }
    }

    func insert(_ file: StoredFile, upload: ClientMessageID, of user: UserKey, at now: Timestamp) throws {
        try run(
            """
            INSERT INTO files (pub, owner_id, upload, name, type, kind, size, width, height, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                file.id.description, user.rawValue, upload.stored, file.name, file.type.name,
                file.type.kind.rawValue, file.bytes, file.size?.width, file.size?.height, now.milliseconds,
            ])
    }

    func setThumbnail(of file: FileKey) throws {
        try run("UPDATE files SET thumb = 1 WHERE id = ?", [file.rawValue])
    }

    func attach(_ files: [FileKey], to seq: MessageSeq, in conversation: ConversationKey) throws {
        for (position, file) in files.enumerated() {
            try run(
                "INSERT INTO file_uses (conv_id, seq, position, file_id) VALUES (?, ?, ?, ?)",
                [conversation.rawValue, Int64(seq.rawValue), position, file.rawValue])
            try run("UPDATE files SET loose = 0 WHERE id = ? AND loose = 1", [file.rawValue])
        }
        try setFlags(.files, true, of: MessageKey(conversation, seq).rawValue)
    }

    func detachFiles(from seq: MessageSeq, in conversation: ConversationKey) throws {
        let place: StatementArguments = [conversation.rawValue, Int64(seq.rawValue)]
        let files = try all("SELECT file_id FROM file_uses WHERE conv_id = ? AND seq = ?", place) {
            try $0.int()
        }
        try run("DELETE FROM file_uses WHERE conv_id = ? AND seq = ?", place)
        for file in files { try loosen("id = ?", [file]) }
    }

    func setAvatar(of user: UserKey, to file: FileID?) throws {
        let before = try first("SELECT avatar FROM users WHERE id = ?", [user.rawValue]) {
            try $0.optionalText()
        }
        try run("UPDATE users SET avatar = ? WHERE id = ?", [file?.description, user.rawValue])
        try avatarChanged(from: before ?? nil, to: file)
    }

    func setAvatar(of conversation: ConversationKey, to file: FileID?) throws {
        let place: StatementArguments = [conversation.rawValue]
        let before = try first("SELECT avatar FROM conversations WHERE id = ?", place) {
            try $0.optionalText()
        }
        try run(
            "UPDATE conversations SET avatar = ? WHERE id = ?", [file?.description, conversation.rawValue])
        try avatarChanged(from: before ?? nil, to: file)
    }

    private func avatarChanged(from before: String?, to file: FileID?) throws {
        if let file { try run("UPDATE files SET loose = 0 WHERE pub = ?", [file.description]) }
        if let before { try loosen("pub = ?", [before]) }
    }

    /// Marks a file that no message and nobody has any more.
    func loosen(_ condition: String, _ arguments: StatementArguments) throws {
        try run(
            """
            UPDATE files SET loose = 1 WHERE \(condition)
                AND NOT EXISTS (SELECT 1 FROM file_uses u WHERE u.file_id = files.id)
                AND NOT EXISTS (SELECT 1 FROM users u WHERE u.avatar = files.pub)
                AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.avatar = files.pub)
                AND NOT EXISTS (SELECT 1 FROM previews p WHERE p.file_id = files.id)
            """, arguments)
    }

    func deleteUnusedFiles(before moment: Timestamp, limit: Int) throws -> [FileID] {
        let unused = try all(
            """
            SELECT id, pub FROM files f WHERE loose = 1 AND created_at < ?
                AND NOT EXISTS (SELECT 1 FROM file_uses u WHERE u.file_id = f.id)
            LIMIT ?
            """, [moment.milliseconds, limit]
        ) { (try $0.int(), try $0.fileID()) }
        for (key, _) in unused { try run("DELETE FROM files WHERE id = ?", [key]) }
        return unused.map(\.1)
    }
}

extension Columns {
    /// Ten columns: id, owner, and those of a file.
    fileprivate mutating func fileRecord() throws -> FileRecord {
        FileRecord(key: FileKey(try int()), owner: try userKey(), file: try storedFile())
    }

    /// Eight columns: pub, name, type, kind, size, width, height, thumb.
    fileprivate mutating func storedFile() throws -> StoredFile {
        let (id, name, type) = (try fileID(), try text(), try text())
        let kind = FileType.Kind(rawValue: try text()) ?? .file
        let (bytes, width, height) = (try int(), try optionalInt(), try optionalInt())
        var size: StoredFile.Size?
        if let width, let height { size = StoredFile.Size(width: Int(width), height: Int(height)) }
        return StoredFile(
            id: id, name: name, type: FileType(type, kind), bytes: bytes, size: size,
            hasThumbnail: try int() != 0)
    }
}
