internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func nextRemoval(limit: Int) throws -> Removal? {
        let order = try first(
            """
            SELECT r.user_id, u.pub, r.by_user, r.after_k, r.at FROM removals r
            CROSS JOIN users u ON u.id = r.user_id ORDER BY r.at, r.user_id LIMIT 1
            """
        ) {
            (
                person: try $0.userKey(), id: try $0.userID(), by: try $0.optionalInt(), after: try $0.int(),
                at: try $0.int()
            )
        }
        guard let order else { return nil }
        let items = try all(
            """
            SELECT m.k, c.pub FROM messages m CROSS JOIN conversations c ON c.id = m.k >> 32
            WHERE m.k > ? AND m.sender_id = ? AND m.kind = 0 AND m.body IS NOT NULL AND m.ts <= ?
            ORDER BY m.k LIMIT ?
            """, [order.after, order.person.rawValue, order.at, limit]
        ) { columns -> Removal.Item in
            let key = MessageKey(rawValue: try columns.int())
            return Removal.Item(
                key: key.conversation, conversation: try columns.conversationID(), seq: key.seq)
        }
        return Removal(person: order.person, id: order.id, by: order.by.map { UserKey($0) }, items: items)
    }

    func insertRemoval(of person: UserKey, by administrator: UserKey?, at now: Timestamp) throws {
        try run(
            """
            INSERT INTO removals (user_id, by_user, at) VALUES (?, ?, ?)
            ON CONFLICT (user_id) DO UPDATE SET by_user = excluded.by_user, after_k = 0, at = excluded.at
            """, [person.rawValue, administrator?.rawValue, now.milliseconds])
    }

    func setRemoval(of person: UserKey, after conversation: ConversationKey, _ seq: MessageSeq) throws {
        try run(
            "UPDATE removals SET after_k = ? WHERE user_id = ?",
            [MessageKey(conversation, seq).rawValue, person.rawValue])
    }

    func deleteRemoval(of person: UserKey) throws {
        try run("DELETE FROM removals WHERE user_id = ?", [person.rawValue])
    }
}
