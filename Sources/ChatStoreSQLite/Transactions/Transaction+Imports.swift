internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func imported(_ kind: ImportKind, _ name: String, from source: String) throws -> Int64? {
        try first(
            "SELECT number FROM imports WHERE source = ? AND kind = ? AND name = ?",
            [source, kind.rawValue, name]
        ) { try $0.int() }
    }

    func conversation(_ key: ConversationKey) throws -> ConversationRecord? {
        try first(
            """
            SELECT id, pub, kind, name, members, last_seq, last_n, rev, min_seq, last_ts, archived_at IS NOT NULL
            FROM conversations WHERE id = ? AND removed_at IS NULL
            """, [key.rawValue]
        ) { try $0.conversationRecord() }
    }

    func remember(_ kind: ImportKind, _ name: String, from source: String, as number: Int64) throws {
        try run(
            "INSERT INTO imports (source, kind, name, number) VALUES (?, ?, ?, ?)",
            [source, kind.rawValue, name, number])
    }

    func markEdited(_ seq: MessageSeq, in conversation: ConversationKey, at moment: Timestamp) throws {
        try run(
            "UPDATE messages SET v = 2, edited_at = ? WHERE k = ?",
            [moment.milliseconds, MessageKey(conversation, seq).rawValue])
    }

    func readOn(from seq: MessageSeq, in conversation: ConversationKey) throws {
        try run(
            """
            UPDATE memberships SET read_seq = c.last_seq, read_n = c.last_n, got_seq = c.last_seq
            FROM conversations c WHERE c.id = ?1 AND conv_id = ?1 AND read_seq >= ?2
            """, [conversation.rawValue, Int64(seq.rawValue)])
    }

    func renewEpoch() throws {
        try run("UPDATE meta SET value = lower(hex(randomblob(8))) WHERE key = 'epoch'", [])
    }
}
