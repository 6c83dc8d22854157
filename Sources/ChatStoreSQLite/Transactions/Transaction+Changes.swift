internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func nextRev(
        changing seq: MessageSeq, in conversation: ConversationKey, at now: Timestamp
    ) throws -> Int64 {
        let key = MessageKey(conversation, seq).rawValue
        let rev = try nextRev(of: conversation)
        // One row for each message: whoever catches up wants it once, as it is now.
        try run(
            "DELETE FROM changes WHERE conv_id = ?1 AND rev = (SELECT rev FROM messages WHERE k = ?2)",
            [conversation.rawValue, key])
        try run("UPDATE messages SET rev = ? WHERE k = ?", [rev, key])
        try run(
            "INSERT INTO changes (conv_id, rev, seq, at) VALUES (?, ?, ?, ?)",
            [conversation.rawValue, rev, Int64(seq.rawValue), now.milliseconds])
        return rev
    }

    func replaceBody(
        of seq: MessageSeq, in conversation: ConversationKey, with body: MessageBody, at now: Timestamp
    ) throws -> Int64 {
        let key = MessageKey(conversation, seq).rawValue
        try run(
            """
            INSERT INTO message_versions (k, v, body, at)
            SELECT k, v, body, coalesce(edited_at, ts) FROM messages WHERE k = ?
            """, [key])
        let version = try first(
            "UPDATE messages SET body = ?, v = v + 1, edited_at = ? WHERE k = ? RETURNING v",
            [body.text, now.milliseconds, key]
        ) { try $0.int() }
        guard let version else { throw CorruptRow(column: "messages.k", value: "no \(key)") }
        try queueForSearch(MessageKey(rawValue: key))
        return version
    }

    func tombstone(_ seq: MessageSeq, in conversation: ConversationKey, by deleter: UserKey?) throws {
        let key = MessageKey(conversation, seq).rawValue
        try detachFiles(from: seq, in: conversation)
        for table in [
            "message_versions", "reactions", "reaction_counts", "pins", "mentions", "message_previews",
            "preview_queue",
        ] {
            try run("DELETE FROM \(table) WHERE k = ?", [key])
        }
        try run(
            "UPDATE messages SET body = NULL, ext = NULL, flags = ?, deleted_by = ? WHERE k = ?",
            [MessageFlags.deleted.rawValue, deleter?.rawValue, key])
        try queueForSearch(MessageKey(rawValue: key))
    }

    func react(
        _ emoji: Emoji, _ isOn: Bool, to seq: MessageSeq, in conversation: ConversationKey, by user: UserKey
    ) throws -> Bool {
        let key = MessageKey(conversation, seq).rawValue
        if isOn {
            let added = try run(
                "INSERT OR IGNORE INTO reactions (k, emoji, user_id) VALUES (?, ?, ?)",
                [key, emoji.text, user.rawValue])
            guard added > 0 else { return false }
            try run(
                """
                INSERT INTO reaction_counts (k, emoji, n, first_id) VALUES (?, ?, 1, ?)
                ON CONFLICT (k, emoji) DO UPDATE SET n = n + 1
                """, [key, emoji.text, lastKey])
            try setFlags(.reactions, true, of: key)
        } else {
            let removed = try run(
                "DELETE FROM reactions WHERE k = ? AND emoji = ? AND user_id = ?",
                [key, emoji.text, user.rawValue])
            guard removed > 0 else { return false }
            try run("UPDATE reaction_counts SET n = n - 1 WHERE k = ? AND emoji = ?", [key, emoji.text])
            try run("DELETE FROM reaction_counts WHERE k = ? AND emoji = ? AND n <= 0", [key, emoji.text])
            if try !exists("SELECT 1 FROM reaction_counts WHERE k = ?", [key]) {
                try setFlags(.reactions, false, of: key)
            }
        }
        return true
    }

    func pin(
        _ isOn: Bool, _ seq: MessageSeq, in conversation: ConversationKey, by user: UserKey, at now: Timestamp
    ) throws -> Bool {
        let key = MessageKey(conversation, seq).rawValue
        let changed =
            isOn
            ? try run(
                "INSERT OR IGNORE INTO pins (conv_id, k, by_user, at) VALUES (?, ?, ?, ?)",
                [conversation.rawValue, key, user.rawValue, now.milliseconds])
            : try run("DELETE FROM pins WHERE k = ?", [key])
        guard changed > 0 else { return false }
        try setFlags(.pinned, isOn, of: key)
        return true
    }

    func countReply(
        to seq: MessageSeq, from reply: MessageSeq, in conversation: ConversationKey, by step: Int
    ) throws {
        let root = MessageKey(conversation, seq).rawValue
        let key = MessageKey(conversation, reply).rawValue
        if step > 0 {
            try run("INSERT INTO replies (root_k, k) VALUES (?, ?)", [root, key])
        } else {
            try run("DELETE FROM replies WHERE root_k = ? AND k = ?", [root, key])
        }
        try run("UPDATE messages SET replies = max(0, replies + ?) WHERE k = ?", [step, root])
    }

    func setMentions(
        _ members: [NamedMember], all: Bool, of seq: MessageSeq, in conversation: ConversationKey
    ) throws {
        let key = MessageKey(conversation, seq).rawValue
        // Who was named before stays where they are in their list.
        let wanted = all ? [Self.everybody] : members.map(\.key.rawValue)
        let present = try self.all("SELECT user_id FROM mentions WHERE k = ?", [key]) { try $0.int() }
        for user in present where !wanted.contains(user) {
            try run("DELETE FROM mentions WHERE k = ? AND user_id = ?", [key, user])
        }
        for user in wanted where !present.contains(user) {
            try run(
                "INSERT INTO mentions (user_id, conv_id, k) VALUES (?, ?, ?)",
                [user, conversation.rawValue, key])
        }
        try setFlags(.mentions, !all && !members.isEmpty, of: key)
        try setFlags(.mentionsAll, all, of: key)
    }

    /// `mentions.user_id` of messages that name everybody.
    static let everybody: Int64 = 0

    func setRead(
        of user: UserKey, in conversation: ConversationKey, to read: MessageSeq, readCount: Int64,
        revision: Int64
    ) throws {
        try run(
            "UPDATE memberships SET read_seq = ?, read_n = ?, read_rr = ? WHERE user_id = ? AND conv_id = ?",
            [Int64(read.rawValue), readCount, revision, user.rawValue, conversation.rawValue])
    }

    func insertChangeKey(_ key: ChangeKey, of user: UserKey, mid: ChangeID, at now: Timestamp) throws {
        try run(
            "INSERT INTO change_keys (user_id, mid, hash, rev, v, at) VALUES (?, ?, ?, ?, ?, ?)",
            [user.rawValue, mid.stored, key.fingerprint, key.rev, key.version, now.milliseconds])
    }

    func deleteChangeKeys(before moment: Timestamp, limit: Int) throws -> Int {
        let horizon = try horizon(of: "change_keys", before: moment, limit: limit)
        return try run("DELETE FROM change_keys WHERE at <= ?", [horizon])
    }

    func deleteChanges(before moment: Timestamp, limit: Int) throws -> Int {
        let horizon = try horizon(of: "changes", before: moment, limit: limit)
        let floors = try all(
            "SELECT conv_id, max(rev) FROM changes WHERE at <= ? GROUP BY conv_id", [horizon]
        ) { (conversation: try $0.int(), rev: try $0.int()) }
        for (conversation, rev) in floors {
            try run(
                "UPDATE conversations SET changes_floor = max(changes_floor, ?) WHERE id = ?",
                [rev, conversation])
        }
        return try run("DELETE FROM changes WHERE at <= ?", [horizon])
    }

    /// The moment up to which about `limit` of the rows before `moment` were written; the few of the last millisecond may
    /// go over the limit.
    private func horizon(of table: String, before moment: Timestamp, limit: Int) throws -> Int64 {
        try first(
            "SELECT at FROM \(table) WHERE at < ? ORDER BY at LIMIT 1 OFFSET ?",
            [moment.milliseconds, limit - 1]
        ) { try $0.int() } ?? moment.advanced(byMilliseconds: -1).milliseconds
    }

    func setFlags(_ flag: MessageFlags, _ isOn: Bool, of key: Int64) throws {
        try run(
            isOn
                ? "UPDATE messages SET flags = flags | ?1 WHERE k = ?2 AND flags & ?1 = 0"
                : "UPDATE messages SET flags = flags & ~?1 WHERE k = ?2 AND flags & ?1 <> 0",
            [flag.rawValue, key])
    }
}
