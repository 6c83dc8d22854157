internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    // MARK: - Groups

    func group(of members: [UserKey]) throws -> ConversationKey? {
        try first("SELECT id FROM conversations WHERE dm_key = ?", [Self.groupKey(members)]) {
            try $0.conversationKey()
        }
    }

    func insertGroup(
        id: ConversationID, members: [UserKey], by user: UserKey, at now: Timestamp
    ) throws -> ConversationKey {
        try run(
            """
            INSERT INTO conversations (pub, kind, dm_key, created_by, created_at, last_ts)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                id.description, ConversationKind.group.stored, Self.groupKey(members), user.rawValue,
                now.milliseconds, now.milliseconds,
            ])
        let key = ConversationKey(lastKey)
        for member in members { try insertMembership(of: member, in: key, role: .member, at: now) }
        return key
    }

    func releaseGroup(_ conversation: ConversationKey) throws {
        try run("UPDATE conversations SET dm_key = NULL WHERE id = ?", [conversation.rawValue])
    }

    private static func groupKey(_ members: [UserKey]) -> String {
        "g:" + members.map(\.rawValue).sorted().map(String.init).joined(separator: ":")
    }

    // MARK: - The room itself

    func rename(_ conversation: ConversationKey, to name: String) throws {
        try run(
            "UPDATE conversations SET name = ?, name_fold = ? WHERE id = ?",
            [name, name.lowercased(), conversation.rawValue])
    }

    func setTopic(of conversation: ConversationKey, to topic: Topic) throws {
        try run(
            "UPDATE conversations SET topic = ?, topic_fold = ? WHERE id = ?",
            [topic.text, topic.text.lowercased(), conversation.rawValue])
    }

    func setKind(of conversation: ConversationKey, to kind: ConversationKind) throws {
        try run("UPDATE conversations SET kind = ? WHERE id = ?", [kind.stored, conversation.rawValue])
    }

    func setArchived(_ conversation: ConversationKey, at moment: Timestamp?) throws {
        try run(
            "UPDATE conversations SET archived_at = ? WHERE id = ?",
            [moment?.milliseconds, conversation.rawValue])
    }

    // MARK: - Members

    func membership(of user: UserKey, in conversation: ConversationKey) throws -> MembershipRecord? {
        try first(
            """
            SELECT \(Self.membershipColumns) FROM memberships m CROSS JOIN conversations c ON c.id = m.conv_id
            WHERE m.user_id = ? AND m.conv_id = ?
            """, [user.rawValue, conversation.rawValue]
        ) { try $0.membershipRecord() }
    }

    func ownerCount(of conversation: ConversationKey) throws -> Int {
        try first(
            "SELECT count(*) FROM memberships WHERE conv_id = ? AND role = ?",
            [conversation.rawValue, Role.owner.stored]
        ) { try $0.count() } ?? 0
    }

    func members(
        of conversation: ConversationKey, matching text: SearchText, role: Role?, after: UserID?, limit: Int
    ) throws -> [Member] {
        let pattern = Self.pattern(containing: text.folded)
        return try all(
            #"""
            SELECT \#(Self.userColumns("u")), m.role, m.joined_at, m.silenced_until
            FROM memberships m CROSS JOIN users u ON u.id = m.user_id
            WHERE m.conv_id = ?1 AND (?2 IS NULL OR m.role = ?2)
                AND (?3 = '%%' OR u.name_fold LIKE ?3 ESCAPE '\' OR u.username LIKE ?3 ESCAPE '\')
                AND (?4 IS NULL OR (u.name_fold, u.id) > (SELECT a.name_fold, a.id FROM users a WHERE a.pub = ?4))
            ORDER BY u.name_fold, u.id LIMIT ?5
            """#, [conversation.rawValue, role?.stored, pattern, after?.description, limit]
        ) {
            Member(
                user: try $0.user(), role: try $0.role(), joinedAt: try $0.time(),
                silencedUntil: try $0.time())
        }
    }

    func setRole(of user: UserKey, in conversation: ConversationKey, to role: Role) throws {
        try run(
            "UPDATE memberships SET role = ? WHERE user_id = ? AND conv_id = ?",
            [role.stored, user.rawValue, conversation.rawValue])
    }

    func silence(_ user: UserKey, in conversation: ConversationKey, until moment: Timestamp) throws {
        try run(
            "UPDATE memberships SET silenced_until = ? WHERE user_id = ? AND conv_id = ?",
            [moment.milliseconds, user.rawValue, conversation.rawValue])
    }

    // MARK: - Bans

    func isBanned(_ user: UserKey, from conversation: ConversationKey) throws -> Bool {
        try exists(
            "SELECT 1 FROM bans WHERE conv_id = ? AND user_id = ?", [conversation.rawValue, user.rawValue])
    }

    func bans(from conversation: ConversationKey, limit: Int) throws -> [Ban] {
        try all(
            """
            SELECT \(Self.userColumns("u")), a.pub, b.at, b.reason
            FROM bans b CROSS JOIN users u ON u.id = b.user_id CROSS JOIN users a ON a.id = b.by_user
            WHERE b.conv_id = ? ORDER BY b.at DESC, u.id LIMIT ?
            """, [conversation.rawValue, limit]
        ) {
            Ban(user: try $0.user(), by: try $0.userID(), at: try $0.time(), reason: try $0.text())
        }
    }

    func insertBan(
        of user: UserKey, from conversation: ConversationKey, by actor: UserKey, reason: BanReason,
        at now: Timestamp
    ) throws {
        try run(
            """
            INSERT INTO bans (conv_id, user_id, by_user, at, reason) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (conv_id, user_id) DO UPDATE SET by_user = excluded.by_user, reason = excluded.reason
            """,
            [conversation.rawValue, user.rawValue, actor.rawValue, now.milliseconds, reason.text])
    }

    func deleteBan(of user: UserKey, from conversation: ConversationKey) throws -> Bool {
        try run(
            "DELETE FROM bans WHERE conv_id = ? AND user_id = ?", [conversation.rawValue, user.rawValue]) > 0
    }

    // MARK: - Arranging

    func pinnedCount(of user: UserKey) throws -> Int {
        try first(
            "SELECT count(*) FROM memberships WHERE user_id = ? AND pinned_at IS NOT NULL", [user.rawValue]
        ) { try $0.count() } ?? 0
    }

    func arrange(_ conversation: ConversationKey, for user: UserKey, as arrangement: Arrangement) throws {
        try run(
            """
            UPDATE memberships SET notify = ?3, muted_until = ?4, pinned_at = iif(?5, 1, NULL),
                hidden_seq = iif(?6, (SELECT last_seq FROM conversations WHERE id = ?2), NULL)
            WHERE user_id = ?1 AND conv_id = ?2
            """,
            [
                user.rawValue, conversation.rawValue, arrangement.notify.stored,
                arrangement.mutedUntil.milliseconds, arrangement.isPinned, arrangement.isHidden,
            ])
    }
}
