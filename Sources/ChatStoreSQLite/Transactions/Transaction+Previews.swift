internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func waitingPreviews(limit: Int) throws -> [WaitingPreview] {
        let keys = try all(
            """
            SELECT q.k FROM preview_queue q CROSS JOIN messages m ON m.k = q.k AND m.body IS NOT NULL
            ORDER BY q.k LIMIT ?
            """, [limit]
        ) { MessageKey(rawValue: try $0.int()) }
        return try keys.compactMap { key in
            guard let conversation = try conversation(key.conversation),
                let message = try message(key.seq, of: conversation),
                let sender = try first(
                    "SELECT sender_id FROM messages WHERE k = ?", [key.rawValue], { try $0.userKey() })
            else { return nil }
            return WaitingPreview(conversation: conversation, message: message, sender: sender)
        }
    }

    func isWaitingForPreviews(_ seq: MessageSeq, in conversation: ConversationKey) throws -> Bool {
        try exists("SELECT 1 FROM preview_queue WHERE k = ?", [MessageKey(conversation, seq).rawValue])
    }

    func preview(of url: WebURL, after moment: Timestamp) throws -> (key: PreviewKey, isShown: Bool)? {
        try first(
            """
            SELECT id, title IS NOT NULL FROM previews WHERE url = ? AND fetched_at > ?
            ORDER BY fetched_at DESC LIMIT 1
            """, [url.text, moment.milliseconds]
        ) { (PreviewKey(try $0.int()), try $0.int() != 0) }
    }

    /// What a message shows, in order.
    func previews(of key: MessageKey) throws -> [LinkPreview] {
        try all(
            """
            SELECT p.url, p.site, p.title, p.text, f.pub, f.width, f.height
            FROM message_previews x CROSS JOIN previews p ON p.id = x.preview_id
            LEFT JOIN files f ON f.id = p.file_id
            WHERE x.k = ? AND p.title IS NOT NULL ORDER BY x.position
            """, [key.rawValue]
        ) {
            let (url, site, title, text) = (
                try $0.text(), try $0.optionalText(), try $0.text(), try $0.optionalText()
            )
            let (image, width, height) = (
                try $0.optionalFileID(), try $0.optionalInt(), try $0.optionalInt()
            )
            var size: StoredFile.Size?
            if let width, let height { size = StoredFile.Size(width: Int(width), height: Int(height)) }
            return LinkPreview(url: url, site: site, title: title, text: text, image: image, size: size)
        }
    }

    func queuePreviews(of seq: MessageSeq, in conversation: ConversationKey) throws {
        try run(
            "INSERT OR IGNORE INTO preview_queue (k) VALUES (?)", [MessageKey(conversation, seq).rawValue])
    }

    func unqueuePreviews(of seq: MessageSeq, in conversation: ConversationKey) throws {
        try run("DELETE FROM preview_queue WHERE k = ?", [MessageKey(conversation, seq).rawValue])
    }

    func clearPreviewQueue() throws {
        try run("DELETE FROM preview_queue", [])
    }

    func insertPreview(_ preview: LinkPreview?, of url: WebURL, at now: Timestamp) throws -> PreviewKey {
        try run(
            """
            INSERT INTO previews (url, site, title, text, file_id, fetched_at)
            VALUES (?, ?, ?, ?, (SELECT id FROM files WHERE pub = ?), ?)
            """,
            [
                url.text, preview?.site, preview?.title, preview?.text, preview?.image?.description,
                now.milliseconds,
            ])
        let key = PreviewKey(lastKey)
        if let image = preview?.image {
            try run("UPDATE files SET loose = 0 WHERE pub = ?", [image.description])
        }
        return key
    }

    func setPreviews(
        _ previews: [PreviewKey], of seq: MessageSeq, in conversation: ConversationKey
    ) throws -> Bool {
        let key = MessageKey(conversation, seq).rawValue
        let removed = try run("DELETE FROM message_previews WHERE k = ?", [key])
        for (position, preview) in previews.enumerated() {
            try run(
                "INSERT INTO message_previews (k, position, preview_id) VALUES (?, ?, ?)",
                [key, position, preview.rawValue])
        }
        guard removed > 0 || !previews.isEmpty else { return false }
        try setFlags(.previews, !previews.isEmpty, of: key)
        return true
    }

    func deletePreviews(before moment: Timestamp, limit: Int) throws -> Int {
        let old = try all(
            """
            SELECT id, file_id FROM previews p WHERE fetched_at < ?
                AND NOT EXISTS (SELECT 1 FROM message_previews x WHERE x.preview_id = p.id)
            ORDER BY fetched_at LIMIT ?
            """, [moment.milliseconds, limit]
        ) { (id: try $0.int(), file: try $0.optionalInt()) }
        for (id, file) in old {
            try run("DELETE FROM previews WHERE id = ?", [id])
            if let file { try loosen("id = ?", [file]) }
        }
        return old.count
    }
}
