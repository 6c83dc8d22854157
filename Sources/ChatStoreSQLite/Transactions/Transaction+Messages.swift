internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func messages(
        of conversation: ConversationRecord, in range: ClosedRange<MessageSeq>, first limit: Int
    ) throws -> [Message] {
        try allMessages(
            """
            SELECT \(Self.messageColumns) FROM messages m \(Self.messageJoins)
            WHERE m.k BETWEEN ? AND ? ORDER BY m.k LIMIT ?
            """,
            [
                MessageKey(conversation.key, range.lowerBound).rawValue,
                MessageKey(conversation.key, range.upperBound).rawValue, limit,
            ])
    }

    func count(in conversation: ConversationKey, upTo seq: MessageSeq) throws -> Int64 {
        try first(
            """
            SELECT coalesce(
                (SELECT n FROM messages WHERE k BETWEEN ?1 AND ?2 ORDER BY k DESC LIMIT 1),
                (SELECT min_n FROM conversations WHERE id = ?3))
            """,
            [
                MessageKey(conversation, .zero).rawValue, MessageKey(conversation, seq).rawValue,
                conversation.rawValue,
            ]
        ) { try $0.int() } ?? 0
    }

    func sendKey(of user: UserKey, cid: ClientMessageID) throws -> SendKey? {
        try first(
            "SELECT k, hash, at FROM send_keys WHERE user_id = ? AND cid = ?", [user.rawValue, cid.stored]
        ) {
            let key = MessageKey(rawValue: try $0.int())
            return SendKey(
                conversation: key.conversation, seq: key.seq, fingerprint: try $0.int(),
                sentAt: try $0.time())
        }
    }

    func append(_ message: NewMessage) throws -> (seq: MessageSeq, count: Int64) {
        let counts: Int64 = message.kind == .text ? 1 : 0
        let place = try first(
            """
            UPDATE conversations SET last_seq = last_seq + 1, last_n = last_n + ?, last_ts = ? WHERE id = ?
            RETURNING last_seq, last_n
            """, [counts, message.sentAt.milliseconds, message.conversation.rawValue]
        ) { (seq: try $0.seq(), count: try $0.int()) }
        guard let place else {
            throw CorruptRow(column: "conversations.id", value: "no \(message.conversation.rawValue)")
        }
        try run(
            """
            INSERT INTO messages (k, sender_id, ts, n, kind, cid, reply_seq, body, alias)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                MessageKey(message.conversation, place.seq).rawValue, message.sender.rawValue,
                message.sentAt.milliseconds, place.count, message.kind.stored, message.clientID?.stored,
                message.replyTo.map { Int64($0.rawValue) }, message.body, message.alias,
            ])
        if message.kind == .text { try queueForSearch(MessageKey(message.conversation, place.seq)) }
        return place
    }

    func insertSendKey(_ key: SendKey, of user: UserKey, cid: ClientMessageID) throws {
        try run(
            "INSERT INTO send_keys (user_id, cid, k, hash, at) VALUES (?, ?, ?, ?, ?)",
            [
                user.rawValue, cid.stored, MessageKey(key.conversation, key.seq).rawValue, key.fingerprint,
                key.sentAt.milliseconds,
            ])
    }

    func deleteSendKeys(before moment: Timestamp, limit: Int) throws -> Int {
        // By ranges of the index on time; the few keys of the last millisecond may go over the limit.
        let last = try first(
            "SELECT at FROM send_keys WHERE at < ? ORDER BY at LIMIT 1 OFFSET ?",
            [moment.milliseconds, limit - 1]
        ) { try $0.int() }
        if let last {
            return try run("DELETE FROM send_keys WHERE at <= ?", [last])
        }
        return try run("DELETE FROM send_keys WHERE at < ?", [moment.milliseconds])
    }
}
