internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func message(_ seq: MessageSeq, of conversation: ConversationRecord) throws -> Message? {
        try messages(of: conversation, in: seq...seq, first: 1).first
    }

    func changedMessages(
        of conversation: ConversationRecord, after rev: Int64, first limit: Int
    ) throws -> [Message] {
        try allMessages(
            """
            SELECT \(Self.messageColumns)
            FROM changes h CROSS JOIN messages m ON m.k = (h.conv_id << 32) | h.seq
            \(Self.messageJoins)
            WHERE h.conv_id = ? AND h.rev > ? ORDER BY h.rev LIMIT ?
            """, [conversation.key.rawValue, rev, limit])
    }

    func changesFloor(of conversation: ConversationKey) throws -> Int64 {
        try first("SELECT changes_floor FROM conversations WHERE id = ?", [conversation.rawValue]) {
            try $0.int()
        } ?? 0
    }

    func versions(of seq: MessageSeq, in conversation: ConversationKey) throws -> [MessageVersion] {
        try all(
            """
            SELECT v, body, at FROM message_versions WHERE k = ?1
            UNION ALL
            SELECT v, body, coalesce(edited_at, ts) FROM messages WHERE k = ?1 AND body IS NOT NULL
            ORDER BY v
            """, [MessageKey(conversation, seq).rawValue]
        ) { MessageVersion(number: try $0.int(), body: try $0.text(), writtenAt: try $0.time()) }
    }

    func replies(
        to seq: MessageSeq, of conversation: ConversationRecord, before end: MessageSeq?, last limit: Int
    ) throws -> [Message] {
        try allMessages(
            """
            SELECT \(Self.messageColumns)
            FROM replies r CROSS JOIN messages m ON m.k = r.k
            \(Self.messageJoins)
            WHERE r.root_k = ? AND r.k < ? ORDER BY r.k DESC LIMIT ?
            """,
            [
                MessageKey(conversation.key, seq).rawValue,
                end.map { MessageKey(conversation.key, $0).rawValue } ?? Int64.max, limit,
            ]
        ).reversed()
    }

    func pins(of conversation: ConversationKey, limit: Int) throws -> [Message] {
        try allMessages(
            """
            SELECT \(Self.messageColumns)
            FROM pins p CROSS JOIN messages m ON m.k = p.k
            \(Self.messageJoins)
            WHERE p.conv_id = ? ORDER BY p.id DESC LIMIT ?
            """, [conversation.rawValue, limit])
    }

    func pinCount(of conversation: ConversationKey) throws -> Int {
        try first("SELECT count(*) FROM pins WHERE conv_id = ?", [conversation.rawValue]) { try $0.count() }
            ?? 0
    }

    func reactionKinds(
        of seq: MessageSeq, in conversation: ConversationKey, except emoji: Emoji
    ) throws -> Int {
        try first(
            "SELECT count(*) FROM reaction_counts WHERE k = ? AND emoji <> ?",
            [MessageKey(conversation, seq).rawValue, emoji.text]
        ) { try $0.count() } ?? 0
    }

    func mentions(of user: UserKey, before end: Int64?, limit: Int) throws -> [NumberedMessage] {
        // Two lists that are each read from their newer end: what names the person, and what names everybody where the
        // person is.
        try allNumberedMessages(
            """
            SELECT x.id, \(Self.messageColumns)
            FROM mentions x CROSS JOIN messages m ON m.k = x.k
            \(Self.messageJoins)
            WHERE x.id IN (
                SELECT id FROM (
                    SELECT y.id FROM mentions y
                    CROSS JOIN memberships s ON s.user_id = ?1 AND s.conv_id = y.conv_id
                    WHERE y.user_id = ?1 AND y.id < ?2 ORDER BY y.id DESC LIMIT ?3)
                UNION ALL
                SELECT id FROM (
                    SELECT y.id FROM memberships s
                    CROSS JOIN mentions y ON y.user_id = \(Self.everybody) AND y.conv_id = s.conv_id
                        AND y.k > (s.conv_id << 32 | s.joined_seq) AND y.id < ?2
                    CROSS JOIN messages ym ON ym.k = y.k AND ym.sender_id <> ?1
                    WHERE s.user_id = ?1 ORDER BY y.id DESC LIMIT ?3))
            ORDER BY x.id DESC LIMIT ?3
            """, [user.rawValue, end ?? Int64.max, limit])
    }

    /// Messages of conversation `conv` after `seq` that name `user` or everybody; SQL, to be part of other queries.
    static func mentionCount(user: String, conversation: String, seq: String) -> String {
        """
        (SELECT count(*) FROM (
            SELECT 1 FROM mentions x WHERE x.user_id = \(user) AND x.conv_id = \(conversation)
                AND x.k > (\(conversation) << 32 | \(seq)) LIMIT 1000))
        + (SELECT count(*) FROM (
            SELECT 1 FROM mentions x CROSS JOIN messages xm ON xm.k = x.k AND xm.sender_id <> \(user)
            WHERE x.user_id = \(everybody) AND x.conv_id = \(conversation)
                AND x.k > (\(conversation) << 32 | \(seq)) LIMIT 1000))
        """
    }

    func mentionCount(of user: UserKey, in conversation: ConversationKey, after seq: MessageSeq) throws -> Int
    {
        try first(
            "SELECT " + Self.mentionCount(user: "?1", conversation: "?2", seq: "?3"),
            [user.rawValue, conversation.rawValue, Int64(seq.rawValue)]
        ) { try $0.count() } ?? 0
    }

    func ownCount(of user: UserKey, in conversation: ConversationKey, after seq: MessageSeq) throws -> Int64 {
        try first(
            """
            SELECT count(*) FROM (
                SELECT sender_id, kind FROM messages WHERE k > ? AND k <= ? LIMIT 10000)
            WHERE sender_id = ? AND kind = 0
            """,
            [
                MessageKey(conversation, seq).rawValue, MessageKey(conversation, .max).rawValue,
                user.rawValue,
            ]
        ) { try $0.int() } ?? 0
    }

    func members(named names: Set<String>, of conversation: ConversationKey) throws -> [NamedMember] {
        try names.sorted().compactMap { name in
            try first(
                """
                SELECT u.id, u.pub FROM users u
                CROSS JOIN memberships m ON m.user_id = u.id AND m.conv_id = ?
                WHERE u.username = ?
                """, [conversation.rawValue, name]
            ) { NamedMember(key: try $0.userKey(), id: try $0.userID()) }
        }
    }

    func changeKey(of user: UserKey, mid: ChangeID) throws -> ChangeKey? {
        try first(
            "SELECT hash, rev, v FROM change_keys WHERE user_id = ? AND mid = ?", [user.rawValue, mid.stored]
        ) { ChangeKey(fingerprint: try $0.int(), rev: try $0.int(), version: try $0.int()) }
    }
}
