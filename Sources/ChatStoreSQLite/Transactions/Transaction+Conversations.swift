internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func rooms(
        matching text: SearchText, archived: Bool, for user: UserID, limit: Int
    ) throws -> [RoomListing] {
        let pattern = Self.pattern(containing: text.folded)
        return try all(
            #"""
            SELECT c.pub, c.name, c.topic, c.members,
                EXISTS (SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
                    WHERE m.conv_id = c.id AND u.pub = ?)
            FROM conversations c
            WHERE c.kind = 3 AND (c.archived_at IS NOT NULL) = ? AND (c.name_fold LIKE ? ESCAPE '\' OR c.topic_fold LIKE ? ESCAPE '\')
            ORDER BY c.name_fold, c.id LIMIT ?
            """#, [user.description, archived, pattern, pattern, limit]
        ) {
            RoomListing(
                id: try $0.conversationID(), name: try $0.text(), topic: try $0.text(),
                members: try $0.count(),
                isJoined: try $0.int() != 0)
        }
    }

    func direct(between one: UserKey, and other: UserKey) throws -> ConversationKey? {
        try first("SELECT id FROM conversations WHERE dm_key = ?", [Self.directKey(one, other)]) {
            try $0.conversationKey()
        }
    }

    func insertRoom(
        id: ConversationID, kind: ConversationKind, name: RoomName, topic: Topic, owner: UserKey,
        at now: Timestamp
    ) throws -> ConversationKey {
        try run(
            """
            INSERT INTO conversations (pub, kind, name, topic, name_fold, topic_fold, created_by, created_at, last_ts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id.description, kind.stored, name.text, topic.text, name.text.lowercased(),
                topic.text.lowercased(), owner.rawValue, now.milliseconds, now.milliseconds,
            ])
        return ConversationKey(lastKey)
    }

    func insertDirect(
        id: ConversationID, between one: UserKey, and other: UserKey, at now: Timestamp
    ) throws -> ConversationKey {
        let kind: ConversationKind = one == other ? .notes : .direct
        try run(
            """
            INSERT INTO conversations (pub, kind, dm_key, created_by, created_at, last_ts)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                id.description, kind.stored, Self.directKey(one, other), one.rawValue, now.milliseconds,
                now.milliseconds,
            ])
        let key = ConversationKey(lastKey)
        try insertMembership(of: one, in: key, role: .member, at: now)
        if one != other {
            try insertMembership(of: other, in: key, role: .member, at: now)
        }
        return key
    }

    private static func directKey(_ one: UserKey, _ other: UserKey) -> String {
        "\(min(one.rawValue, other.rawValue)):\(max(one.rawValue, other.rawValue))"
    }
}
