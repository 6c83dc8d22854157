internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    private static let botQuery = """
        SELECT \(userColumns("u")), b.created_at,
            (SELECT max(s.seen_at) FROM sessions s WHERE s.user_id = u.id AND s.seen_at > s.created_at),
            (SELECT count(*) FROM memberships m WHERE m.user_id = u.id),
            \(userColumns("a"))
        FROM bots b CROSS JOIN users u ON u.id = b.user_id LEFT JOIN users a ON a.id = b.by_user

        """

    func bots(limit: Int) throws -> [BotListing] {
        try all(Self.botQuery + "ORDER BY u.name_fold, u.id LIMIT ?", [limit]) { try $0.bot() }
    }

    func bot(_ user: UserKey) throws -> BotListing? {
        try first(Self.botQuery + "WHERE b.user_id = ?", [user.rawValue]) { try $0.bot() }
    }

    func insertBot(
        id: UserID, username: Username, name: DisplayName, kind: BotKind, by user: UserKey?, at now: Timestamp
    ) throws -> PersonRecord? {
        let made = try insertAccount(
            id: id, username: username, name: name, isAdmin: false, hash: nil, at: now)
        guard let key = made?.key else { return nil }
        switch kind {
        case .program:
            try run("UPDATE users SET bot = 1 WHERE id = ?", [key.rawValue])
            try run(
                "INSERT INTO bots (user_id, by_user, created_at) VALUES (?, ?, ?)",
                [key.rawValue, user?.rawValue, now.milliseconds])
        case .hook: try run("UPDATE users SET bot = 2 WHERE id = ?", [key.rawValue])
        }
        return try anyPerson(id)
    }
}

extension Columns {
    fileprivate mutating func bot() throws -> BotListing {
        let user = try user()
        let (createdAt, seenAt, rooms) = (try time(), try optionalTime(), try count())
        return BotListing(
            user: user, createdAt: createdAt, by: isNull ? nil : try self.user(), seenAt: seenAt, rooms: rooms
        )
    }
}
