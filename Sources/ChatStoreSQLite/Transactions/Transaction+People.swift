internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    /// What `Columns.user()` reads, of the table with this alias.
    static func userColumns(_ table: String) -> String {
        "\(table).pub, \(table).username, \(table).name, \(table).role, \(table).state, \(table).status, \(table).avatar, \(table).bot"
    }

    /// How many columns that are.
    static let userColumnCount = 8

    func anyPerson(_ id: UserID) throws -> PersonRecord? {
        try first("SELECT u.id, \(Self.userColumns("u")) FROM users u WHERE u.pub = ?", [id.description]) {
            try $0.person()
        }
    }

    func anyPerson(named username: Username) throws -> PersonRecord? {
        try first("SELECT u.id, \(Self.userColumns("u")) FROM users u WHERE u.username = ?", [username.text])
        {
            try $0.person()
        }
    }

    func profile(of user: UserKey) throws -> Profile? {
        try first(
            """
            SELECT \(Self.userColumns("u")), u.prefs, u.locale, t.user_id IS NOT NULL, u.created_at
            FROM users u LEFT JOIN totp t ON t.user_id = u.id AND t.confirmed = 1 WHERE u.id = ?
            """, [user.rawValue]
        ) { columns in
            let account = Account(user: try columns.user())
            return Profile(
                account: account, preferences: try columns.preferences(), locale: try columns.locale(),
                hasTOTP: try columns.int() == 1, createdAt: try columns.time())
        }
    }

    func passwordHash(of user: UserKey) throws -> PasswordHash? {
        try first("SELECT secret FROM credentials WHERE user_id = ? AND kind = 1 LIMIT 1", [user.rawValue]) {
            PasswordHash(encoded: try $0.text())
        }
    }

    func administratorCount() throws -> Int {
        try first("SELECT count(*) FROM users WHERE role = 1 AND state = 0") { try $0.count() } ?? 0
    }

    func adminPeople(matching text: SearchText, after: UserID?, limit: Int, at now: Timestamp) throws
        -> [AdminPerson]
    {
        let pattern = Self.pattern(containing: text.folded)
        return try all(
            Self.adminQuery + #"""
                WHERE u.bot <> 2 AND (u.name_fold LIKE ?2 ESCAPE '\' OR u.username LIKE ?2 ESCAPE '\')
                    AND (?3 IS NULL OR (u.name_fold, u.id) >
                        (SELECT a.name_fold, a.id FROM users a WHERE a.pub = ?3))
                ORDER BY u.name_fold, u.id LIMIT ?4
                """#, [now.milliseconds, pattern, after?.description, limit]
        ) { try $0.adminPerson() }
    }

    func adminPerson(_ user: UserKey, at now: Timestamp) throws -> AdminPerson? {
        try first(Self.adminQuery + "WHERE u.id = ?2", [now.milliseconds, user.rawValue]) {
            try $0.adminPerson()
        }
    }

    private static let adminQuery = """
        SELECT \(userColumns("u")), u.created_at,
            (SELECT max(s.seen_at) FROM sessions s WHERE s.user_id = u.id),
            (SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND s.expires_at > ?1),
            EXISTS (SELECT 1 FROM totp t WHERE t.user_id = u.id AND t.confirmed = 1)
        FROM users u

        """

    func setPassword(of user: UserKey, to hash: PasswordHash, at now: Timestamp) throws {
        try run("DELETE FROM credentials WHERE user_id = ? AND kind = 1", [user.rawValue])
        try run(
            "INSERT INTO credentials (user_id, kind, secret, created_at) VALUES (?, 1, ?, ?)",
            [user.rawValue, hash.encoded, now.milliseconds])
    }

    func setRole(of user: UserKey, to role: AccountRole) throws {
        try run("UPDATE users SET role = ? WHERE id = ?", [role.stored, user.rawValue])
    }

    func setState(of user: UserKey, to state: AccountState) throws {
        try run("UPDATE users SET state = ? WHERE id = ?", [state.stored, user.rawValue])
    }

    func setName(of user: UserKey, to name: DisplayName) throws {
        try run(
            "UPDATE users SET name = ?, name_fold = ? WHERE id = ?",
            [name.text, name.text.lowercased(), user.rawValue])
    }

    func setStatus(of user: UserKey, to status: StatusText) throws {
        try run("UPDATE users SET status = ? WHERE id = ?", [status.text, user.rawValue])
    }

    func setLocale(of user: UserKey, to locale: LanguageTag?) throws {
        try run("UPDATE users SET locale = ? WHERE id = ?", [locale?.text, user.rawValue])
    }

    func setPreferences(of user: UserKey, to preferences: Preferences) throws {
        try run("UPDATE users SET prefs = ? WHERE id = ?", [preferences.json, user.rawValue])
    }
}

extension Columns {
    fileprivate mutating func preferences() throws -> Preferences {
        let text = try text()
        do {
            return try Preferences(json: text)
        } catch {
            throw CorruptRow(column: "users.prefs", value: text)
        }
    }

    fileprivate mutating func locale() throws -> LanguageTag? {
        guard let text = try optionalText() else { return nil }
        do {
            return try LanguageTag(text)
        } catch {
            throw CorruptRow(column: "users.locale", value: text)
        }
    }

    fileprivate mutating func adminPerson() throws -> AdminPerson {
        AdminPerson(
            user: try user(), createdAt: try time(), seenAt: try optionalTime(), sessions: try count(),
            hasTOTP: try int() == 1)
    }
}
