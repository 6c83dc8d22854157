internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func access(of user: UserID, to conversation: ConversationID) throws -> Access? {
        // CROSS JOIN keeps the order of the tables: two unique look-ups, then the primary key.
        try first(
            """
            SELECT u.id, \(Self.userColumns("u")),
                c.id, c.pub, c.kind, c.name, c.members, c.last_seq, c.last_n, c.rev, c.min_seq, c.last_ts,
                c.archived_at IS NOT NULL, \(Self.membershipColumns)
            FROM users u CROSS JOIN conversations c
            LEFT JOIN memberships m ON m.user_id = u.id AND m.conv_id = c.id
            WHERE u.pub = ? AND u.state = 0 AND c.pub = ? AND c.removed_at IS NULL
            """, [user.description, conversation.description]
        ) { columns in
            Access(
                user: try columns.userKey(), person: try columns.user(),
                conversation: try columns.conversationRecord(),
                membership: columns.isNull ? nil : try columns.membershipRecord())
        }
    }

    /// The columns of a membership `m` in a conversation `c`. Whoever stood before the oldest message that is kept stands just
    /// before it, so that nothing is written for each member when messages go.
    static let membershipColumns = """
        m.role, \(readColumn),
        CASE WHEN m.read_seq >= c.min_seq - 1 THEN m.read_n WHEN m.read_rr = 0 THEN c.min_n
            ELSE c.min_n + (SELECT count(*) FROM messages o WHERE o.k >= (c.id << 32 | c.min_seq)
                AND o.k < ((c.id + 1) << 32) AND o.sender_id = m.user_id AND o.kind = 0) END,
        m.got_seq, m.silenced_until, m.read_rr
        """

    private static let readColumn = "max(m.read_seq, c.min_seq - 1)"

    func isMember(_ user: UserKey, of conversation: ConversationKey) throws -> Bool {
        try exists(
            "SELECT 1 FROM memberships WHERE user_id = ? AND conv_id = ?",
            [user.rawValue, conversation.rawValue])
    }

    func conversations(of user: UserID) throws -> [ConversationID] {
        try all(
            """
            SELECT c.pub FROM users u CROSS JOIN memberships m ON m.user_id = u.id
            CROSS JOIN conversations c ON c.id = m.conv_id
            WHERE u.pub = ?
            """, [user.description]
        ) { try $0.conversationID() }
    }

    func digest(of user: UserID) throws -> StateDigest {
        var digest = StateDigest()
        let numbers = try all(
            """
            SELECT c.pub, c.last_seq, c.rev, \(Self.readColumn)
            FROM users u CROSS JOIN memberships m ON m.user_id = u.id
            CROSS JOIN conversations c ON c.id = m.conv_id
            WHERE u.pub = ?
            """, [user.description]
        ) { (try $0.conversationID(), try $0.seq(), try $0.int(), try $0.seq()) }
        for (conversation, seq, rev, read) in numbers {
            digest.toggle(conversation, seq: seq, rev: rev, read: read)
        }
        return digest
    }

    func conversationCount(of user: UserKey) throws -> Int {
        try first("SELECT count(*) FROM memberships WHERE user_id = ?", [user.rawValue]) { try $0.count() }
            ?? 0
    }

    func heir(of conversation: ConversationKey) throws -> UserKey? {
        try first(
            """
            SELECT user_id FROM memberships WHERE conv_id = ? ORDER BY role <> \(Role.moderator.stored), joined_at, user_id
            LIMIT 1
            """, [conversation.rawValue]
        ) { try $0.userKey() }
    }

    func insertMembership(
        of user: UserKey, in conversation: ConversationKey, role: Role, at now: Timestamp
    ) throws {
        try run(
            """
            INSERT INTO memberships (user_id, conv_id, role, joined_at, joined_seq, read_seq, read_n, got_seq)
            SELECT ?, id, ?, ?, last_seq, last_seq, last_n, last_seq FROM conversations WHERE id = ?
            """, [user.rawValue, role.stored, now.milliseconds, conversation.rawValue])
        try run("UPDATE conversations SET members = members + 1 WHERE id = ?", [conversation.rawValue])
    }

    func deleteMembership(of user: UserKey, in conversation: ConversationKey) throws {
        let removed = try run(
            "DELETE FROM memberships WHERE user_id = ? AND conv_id = ?",
            [user.rawValue, conversation.rawValue])
        try run(
            "UPDATE conversations SET members = members - ? WHERE id = ?", [removed, conversation.rawValue])
    }

    func setPositions(
        of user: UserKey, in conversation: ConversationKey, read: MessageSeq, readCount: Int64,
        delivered: MessageSeq
    ) throws {
        try run(
            "UPDATE memberships SET read_seq = ?, read_n = ?, got_seq = ? WHERE user_id = ? AND conv_id = ?",
            [
                Int64(read.rawValue), readCount, Int64(delivered.rawValue), user.rawValue,
                conversation.rawValue,
            ])
    }
}

extension Columns {
    /// Eleven columns: id, pub, kind, name, members, last_seq, last_n, rev, min_seq, last_ts, whether it is archived.
    mutating func conversationRecord() throws -> ConversationRecord {
        ConversationRecord(
            key: try conversationKey(), id: try conversationID(), kind: try conversationKind(),
            name: try text(),
            members: try count(), seq: try seq(), count: try int(), rev: try int(), firstSeq: try seq(),
            lastSentAt: try time(), isArchived: try int() != 0)
    }

    /// Six columns: role, read_seq, read_n, got_seq, silenced_until, read_rr.
    mutating func membershipRecord() throws -> MembershipRecord {
        MembershipRecord(
            role: try role(), read: try seq(), readCount: try int(), delivered: try seq(),
            silencedUntil: try time(), readRevision: try int())
    }
}
