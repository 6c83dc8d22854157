internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func hasAccounts() throws -> Bool {
        try exists("SELECT 1 FROM users LIMIT 1")
    }

    func person(_ id: UserID) throws -> PersonRecord? {
        try first(
            "SELECT u.id, \(Self.userColumns("u")) FROM users u WHERE u.pub = ? AND u.state = 0",
            [id.description]
        ) { try $0.person() }
    }

    func credential(of username: Username) throws -> (person: PersonRecord, hash: PasswordHash)? {
        try first(
            """
            SELECT u.id, \(Self.userColumns("u")), c.secret
            FROM users u JOIN credentials c ON c.user_id = u.id AND c.kind = 1
            WHERE u.username = ? LIMIT 1
            """, [username.text]
        ) { (try $0.person(), PasswordHash(encoded: try $0.text())) }
    }

    func isTaken(_ username: Username) throws -> Bool {
        try exists("SELECT 1 FROM users WHERE username = ?", [username.text])
    }

    func people(matching text: SearchText, limit: Int) throws -> [User] {
        let pattern = Self.pattern(containing: text.folded)
        return try all(
            #"""
            SELECT \#(Self.userColumns("u")) FROM users u
            WHERE u.state = 0 AND u.bot <> 2 AND (u.name_fold LIKE ? ESCAPE '\' OR u.username LIKE ? ESCAPE '\')
            ORDER BY u.name_fold, u.id LIMIT ?
            """#, [pattern, pattern, limit]
        ) { try $0.user() }
    }

    func insertAccount(
        id: UserID, username: Username, name: DisplayName, isAdmin: Bool, hash: PasswordHash?,
        at now: Timestamp
    ) throws -> PersonRecord? {
        guard try !isTaken(username) else { return nil }
        try run(
            "INSERT INTO users (pub, username, name, name_fold, role, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                id.description, username.text, name.text, name.text.lowercased(), isAdmin ? 1 : 0,
                now.milliseconds,
            ])
        let key = UserKey(lastKey)
        if let hash { try setPassword(of: key, to: hash, at: now) }
        let user = User(
            id: id, username: username.text, name: name.text, role: isAdmin ? .admin : .member)
        return PersonRecord(key: key, account: Account(user: user))
    }

    func replacePassword(of user: UserKey, with hash: PasswordHash) throws {
        try run(
            "UPDATE credentials SET secret = ? WHERE user_id = ? AND kind = 1", [hash.encoded, user.rawValue])
    }
}

extension Columns {
    /// The id, and the columns of `Transaction.userColumns`.
    mutating func person() throws -> PersonRecord {
        PersonRecord(key: try userKey(), account: Account(user: try user()))
    }
}
