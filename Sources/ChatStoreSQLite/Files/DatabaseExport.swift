internal import Foundation
internal import GRDB

/// What a database holds about one person or of one room, as JSON.
///
/// Written piece by piece: a room of a million messages is not held in memory.
public struct DatabaseExport: Sendable {
    private let file: DatabaseFile

    /// An export of this file; a server may have it open meanwhile.
    public init(of file: DatabaseFile) {
        self.file = file
    }

    /// Everything about a person: the account, its sessions, its conversations, and what they wrote.
    public func person(
        _ username: String, write: (String) throws -> Void
    ) throws(DatabaseFileError) {
        try run { db in
            let person = try Row.fetchOne(
                db,
                sql: """
                    SELECT id, pub AS u, username, name, status, locale, prefs, created_at AS created,
                        CASE role WHEN 1 THEN 'admin' ELSE 'member' END AS role,
                        CASE state WHEN 0 THEN 'active' WHEN 1 THEN 'banned' ELSE 'deactivated' END AS state
                    FROM users WHERE username = ?
                    """, arguments: [username])
            guard let person, let id = person["id"] as Int64? else {
                throw DatabaseFileError("There is nobody with the username \(username).")
            }
            try write("{\"person\":\(try Self.json(person))")
            try Self.list(
                "sessions", in: db,
                """
                SELECT pub AS id, created_at AS created, seen_at AS seen, expires_at AS expires, ip, agent
                FROM sessions WHERE user_id = ? ORDER BY id
                """, [id], write)
            try Self.list(
                "conversations", in: db,
                """
                SELECT c.pub AS c, c.kind, c.name, c.topic, m.joined_at AS joined, m.read_seq AS read
                FROM memberships m JOIN conversations c ON c.id = m.conv_id WHERE m.user_id = ? ORDER BY c.id
                """, [id], write)
            try Self.list(
                "messages", in: db, Self.messages + "WHERE m.sender_id = ? ORDER BY m.k", [id], write)
            try write("}\n")
        }
    }

    /// Everything of a room or another conversation: what it is, who is in it, and its messages.
    public func room(_ conversation: String, write: (String) throws -> Void) throws(DatabaseFileError) {
        try run { db in
            let room = try Row.fetchOne(
                db,
                sql: """
                    SELECT id, pub AS c, kind, name, topic, created_at AS created, last_seq AS seq, members
                    FROM conversations WHERE pub = ?
                    """, arguments: [conversation])
            guard let room, let id = room["id"] as Int64? else {
                throw DatabaseFileError("There is no conversation \(conversation).")
            }
            try write("{\"room\":\(try Self.json(room))")
            try Self.list(
                "members", in: db,
                """
                SELECT u.pub AS u, u.username, u.name, m.joined_at AS joined
                FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.conv_id = ? ORDER BY u.id
                """, [id], write)
            let range = [id << 32, id << 32 | 0xFFFF_FFFF]
            try Self.list(
                "messages", in: db, Self.messages + "WHERE m.k BETWEEN ? AND ? ORDER BY m.k",
                StatementArguments(range), write)
            try write("}\n")
        }
    }

    private static let messages = """
        SELECT c.pub AS c, m.k & 4294967295 AS seq, u.pub AS "from", coalesce(m.alias, u.name) AS name, m.ts, m.body,
            CASE m.kind WHEN 0 THEN 'text' ELSE 'system' END AS kind, m.v, m.edited_at AS edited
        FROM messages m JOIN users u ON u.id = m.sender_id JOIN conversations c ON c.id = m.k >> 32

        """

    private func run(_ body: (Database) throws -> Void) throws(DatabaseFileError) {
        do {
            let queue = try file.open()
            try queue.read { try body($0) }
            try queue.close()
        } catch {
            throw DatabaseFile.explain(error, file.path)
        }
    }

    private static func list(
        _ name: String, in db: Database, _ sql: String, _ arguments: StatementArguments,
        _ write: (String) throws -> Void
    ) throws {
        try write(",\n\"\(name)\":[")
        var separator = "\n"
        let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() {
            try write(separator + (try json(row)))
            separator = ",\n"
        }
        try write("]")
    }

    /// A row as an object; columns without a value, and the store's own number, are left out.
    private static func json(_ row: Row) throws -> String {
        var members: [String: Any] = [:]
        for (name, value) in row {
            switch value.storage {
            case .int64(let number) where name != "id": members[name] = number
            case .string(let text): members[name] = text
            case .double(let number): members[name] = number
            case .null, .blob, .int64: continue
            }
        }
        let data = try JSONSerialization.data(
            withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}
