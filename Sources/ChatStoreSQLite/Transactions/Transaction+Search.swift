internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    /// Notes that a message must be looked at for the index.
    func queueForSearch(_ key: MessageKey) throws {
        try run("INSERT INTO search_queue (k) VALUES (?)", [key.rawValue])
    }

    func unindexedCount(limit: Int) throws -> Int {
        try first(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM search_queue UNION ALL
                SELECT 1 FROM messages WHERE k < (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'search_from')
                LIMIT ?)
            """, [limit]
        ) { try $0.count() } ?? 0
    }

    func indexMessages(limit: Int) throws -> Int {
        let queued = try all("SELECT id, k FROM search_queue ORDER BY id LIMIT ?", [limit]) {
            (id: try $0.int(), key: try $0.int())
        }
        if let last = queued.last {
            for key in Set(queued.map(\.key)).sorted() { try index(key) }
            try run("DELETE FROM search_queue WHERE id <= ?", [last.id])
            return queued.count
        }
        guard
            let from = try first("SELECT value FROM meta WHERE key = 'search_from'", [], { try $0.text() })
        else { return 0 }
        // Newest conversations first; what was sent meanwhile has come by the queue.
        let keys = try all(
            "SELECT k FROM messages WHERE k < ? ORDER BY k DESC LIMIT ?", [Int64(from), limit]
        ) {
            try $0.int()
        }
        for key in keys { try index(key) }
        if let lowest = keys.last {
            try run("UPDATE meta SET value = ? WHERE key = 'search_from'", [String(lowest)])
        } else {
            try run("DELETE FROM meta WHERE key = 'search_from'", [])
        }
        return keys.count
    }

    /// Brings what the index knows of a message to what the message is.
    private func index(_ key: Int64) throws {
        let known = try first("SELECT mid FROM search_docs WHERE k = ?", [key]) { try $0.int() }
        if let known { try run("DELETE FROM search_index WHERE rowid = ?", [known]) }
        let message = try first(
            """
            SELECT sender_id, ts, body, flags FROM messages WHERE k = ? AND kind = 0 AND body IS NOT NULL
            """, [key]
        ) {
            (
                sender: try $0.int(), at: try $0.int(), body: try $0.text(),
                flags: MessageFlags(rawValue: try $0.int())
            )
        }
        guard let message else {
            if let known { try run("DELETE FROM search_docs WHERE mid = ?", [known]) }
            return
        }
        let mid = try known ?? newDocument(key, at: message.at)
        var words = [message.body]
        let place = MessageKey(rawValue: key)
        var scope = "m c\(place.conversation.rawValue) u\(message.sender)"
        if message.flags.contains(.files) {
            let files = try files(of: place.conversation, in: place.seq...place.seq)[place.seq] ?? []
            words += files.map(\.name)
            scope += " hasfile"
            if files.contains(where: { $0.type.kind == .image }) { scope += " hasimage" }
        }
        if LinkScan.holdsLink(message.body) { scope += " haslink" }
        try run(
            "INSERT INTO search_index (rowid, body, scope) VALUES (?, ?, ?)",
            [mid, SearchWords.indexed(words.joined(separator: "\n")), scope])
    }

    private func newDocument(_ key: Int64, at time: Int64) throws -> Int64 {
        var mid = Self.document(at: time)
        // Who takes more than a thousand messages in a millisecond borrows from the next one.
        while let taken = try first(
            "SELECT mid FROM search_docs WHERE mid BETWEEN ? AND ? ORDER BY mid DESC LIMIT 1",
            [mid, mid | 1023],
            { try $0.int() })
        {
            mid = taken + 1
            if mid & 1023 != 0 { break }
        }
        try run("INSERT INTO search_docs (mid, k) VALUES (?, ?)", [mid, key])
        return mid
    }

    /// The first number of a millisecond.
    static func document(at time: Int64) -> Int64 { max(0, min(time, 1 << 52)) << 10 }
}
