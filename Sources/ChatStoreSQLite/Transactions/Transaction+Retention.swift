internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func expiredHistory(before moment: Timestamp, limit: Int, batch: Int) throws -> [ExpiredHistory] {
        // In a conversation times never go back: what has expired is a beginning of its history.
        let found = try all(
            """
            SELECT c.id, c.min_seq FROM conversations c CROSS JOIN messages m ON m.k = (c.id << 32) | c.min_seq
            WHERE m.ts < ? AND c.removed_at IS NULL LIMIT ?
            """, [moment.milliseconds, limit]
        ) { (key: try $0.conversationKey(), first: try $0.seq()) }
        return try found.map { key, first in
            let times = try all(
                "SELECT k, ts FROM messages WHERE k BETWEEN ? AND ? ORDER BY k LIMIT ?",
                [MessageKey(key, first).rawValue, MessageKey(key, .max).rawValue, batch + 1]
            ) { (seq: MessageKey(rawValue: try $0.int()).seq, at: try $0.time()) }
            let expired = times.prefix { $0.at < moment }
            return ExpiredHistory(
                conversation: key, first: first, last: expired.prefix(batch).last?.seq ?? first,
                isWhole: expired.count <= batch)
        }
    }

    func nextRemovedRoom() throws -> ConversationRecord? {
        try first(
            """
            SELECT id, pub, kind, name, members, last_seq, last_n, rev, min_seq, last_ts, archived_at IS NOT NULL
            FROM conversations WHERE removed_at IS NOT NULL LIMIT 1
            """
        ) { try $0.conversationRecord() }
    }

    func members(of conversation: ConversationKey) throws -> [UserID] {
        try all(
            "SELECT u.pub FROM memberships m CROSS JOIN users u ON u.id = m.user_id WHERE m.conv_id = ?",
            [conversation.rawValue]
        ) { try $0.userID() }
    }

    func deleteHistory(of conversation: ConversationKey, upTo last: MessageSeq) throws {
        let range: StatementArguments = [
            MessageKey(conversation, .zero).rawValue, MessageKey(conversation, last).rawValue,
        ]
        let count = try count(in: conversation, upTo: last)
        try detachFiles(of: conversation, upTo: last)
        for table in [
            "message_versions", "reactions", "reaction_counts", "pins", "mentions", "message_previews",
            "preview_queue", "push_queue",
        ] {
            try run("DELETE FROM \(table) WHERE k BETWEEN ? AND ?", range)
        }
        // A reply is younger than what it replies to: those of removed messages are removed, or no longer lead anywhere.
        try run("DELETE FROM replies WHERE root_k BETWEEN ? AND ?", range)
        try run(
            """
            DELETE FROM changes WHERE conv_id = ?3
                AND rev IN (SELECT rev FROM messages WHERE k BETWEEN ?1 AND ?2 AND rev > 0)
            """, range + [conversation.rawValue])
        try run(
            "DELETE FROM search_index WHERE rowid IN (SELECT mid FROM search_docs WHERE k BETWEEN ? AND ?)",
            range)
        try run("DELETE FROM search_docs WHERE k BETWEEN ? AND ?", range)
        try run("DELETE FROM messages WHERE k BETWEEN ? AND ?", range)
        try run(
            "UPDATE conversations SET min_seq = ?, min_n = ? WHERE id = ?",
            [Int64(last.rawValue) + 1, count, conversation.rawValue])
    }

    private func detachFiles(of conversation: ConversationKey, upTo last: MessageSeq) throws {
        let place: StatementArguments = [conversation.rawValue, Int64(last.rawValue)]
        let files = try all("SELECT DISTINCT file_id FROM file_uses WHERE conv_id = ? AND seq <= ?", place) {
            try $0.int()
        }
        try run("DELETE FROM file_uses WHERE conv_id = ? AND seq <= ?", place)
        for file in files { try loosen("id = ?", [file]) }
    }

    func nextRev(of conversation: ConversationKey) throws -> Int64 {
        let rev = try first(
            "UPDATE conversations SET rev = rev + 1 WHERE id = ? RETURNING rev", [conversation.rawValue]
        ) { try $0.int() }
        guard let rev else {
            throw CorruptRow(column: "conversations.id", value: "no \(conversation.rawValue)")
        }
        return rev
    }

    func removeRoom(_ conversation: ConversationKey, at now: Timestamp) throws {
        try setAvatar(of: conversation, to: nil)
        for table in ["memberships", "bans", "hooks", "invite_rooms"] {
            try run("DELETE FROM \(table) WHERE conv_id = ?", [conversation.rawValue])
        }
        try run(
            """
            UPDATE conversations SET kind = ?, name = '', name_fold = '', topic = '', topic_fold = '', members = 0,
                removed_at = ? WHERE id = ?
            """, [ConversationKind.privateRoom.stored, now.milliseconds, conversation.rawValue])
    }

    func deleteRoom(_ conversation: ConversationKey) throws {
        try run("DELETE FROM changes WHERE conv_id = ?", [conversation.rawValue])
        try run("DELETE FROM conversations WHERE id = ?", [conversation.rawValue])
    }
}
