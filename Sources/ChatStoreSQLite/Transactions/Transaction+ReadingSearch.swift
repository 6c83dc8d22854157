internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func messages(
        matching query: MessageQuery, for user: UserKey, offset: Int64, before end: Int64?, limit: Int
    ) throws -> [NumberedMessage] {
        guard let scope = try scope(of: query, for: user) else { return [] }
        let days = Self.documents(of: query, offset: offset)
        return try allNumberedMessages(
            """
            SELECT d.mid, \(Self.messageColumns)
            FROM search_index f
            CROSS JOIN search_docs d ON d.mid = f.rowid
            CROSS JOIN memberships s ON s.user_id = ?1 AND s.conv_id = d.k >> 32
            CROSS JOIN messages m ON m.k = d.k AND m.body IS NOT NULL
            \(Self.messageJoins)
            WHERE search_index MATCH ?2 AND f.rowid >= ?3 AND f.rowid < ?4
            \(query.isPinned ? "AND EXISTS (SELECT 1 FROM pins p WHERE p.k = d.k)" : "")
            ORDER BY f.rowid DESC LIMIT ?5
            """,
            [
                user.rawValue, Self.expression(query.terms, scope: scope), days.lowerBound,
                min(end ?? .max, days.upperBound), limit,
            ])
    }

    /// What the index is asked: every term in the body, and the scope.
    ///
    /// Texts stand in quotes, in which the index knows no operators.
    private static func expression(_ terms: [MessageQuery.Term], scope: [String]) -> String {
        let bodies = terms.map { term -> String in
            let (text, endsAlone) = SearchWords.sought(term.text)
            let quoted = text.split(separator: "\"", omittingEmptySubsequences: false).joined(
                separator: "\"\"")
            return "body : \"\(quoted)\""
                + (endsAlone || term.isPrefix && text.unicodeScalars.count > 1 ? " *" : "")
        }
        return (bodies + scope.map { "scope : (\($0))" }).joined(separator: " AND ")
    }

    /// Expressions for the filters and for the person's conversations; nil when nothing can fit.
    private func scope(of query: MessageQuery, for user: UserKey) throws -> [String]? {
        var scope = query.extras.map { "has\($0.rawValue)" }.sorted()
        switch query.sender {
        case nil: break
        case .me: scope.append("u\(user.rawValue)")
        case .username(let name):
            guard let key = try first("SELECT id FROM users WHERE username = ?", [name], { try $0.int() })
            else { return nil }
            scope.append("u\(key)")
        }
        let conversations = try conversations(of: user, at: query.place)
        guard !conversations.isEmpty else { return nil }
        // Of somebody who is in many, all are read and the others' left out.
        if conversations.count <= Self.mostInScope {
            scope.append(conversations.map { "c\($0)" }.joined(separator: " OR "))
        } else if scope.isEmpty && query.terms.isEmpty {
            scope.append("m")
        }
        return scope
    }

    private static let mostInScope = 100

    private func conversations(of user: UserKey, at place: MessageQuery.Place?) throws -> [Int64] {
        switch place {
        case nil:
            try all(
                "SELECT conv_id FROM memberships WHERE user_id = ? LIMIT ?",
                [user.rawValue, Self.mostInScope + 1]
            ) { try $0.int() }
        case .id(let id):
            try all(
                """
                SELECT s.conv_id FROM conversations c
                CROSS JOIN memberships s ON s.user_id = ? AND s.conv_id = c.id WHERE c.pub = ?
                """, [user.rawValue, id.description]
            ) { try $0.int() }
        case .named(let name):
            try all(
                """
                SELECT s.conv_id FROM memberships s CROSS JOIN conversations c ON c.id = s.conv_id
                WHERE s.user_id = ?1 AND (c.name_fold = ?2 OR c.kind = 1 AND EXISTS (
                    SELECT 1 FROM memberships o CROSS JOIN users u ON u.id = o.user_id
                    WHERE o.conv_id = c.id AND o.user_id <> ?1 AND (u.username = ?2 OR u.name_fold = ?2)))
                LIMIT ?3
                """, [user.rawValue, name, Self.mostInScope]
            ) { try $0.int() }
        }
    }

    private static func documents(of query: MessageQuery, offset: Int64) -> Range<Int64> {
        func start(ofDay day: Int) -> Int64 { document(at: Int64(day) * 86_400_000 - offset) }
        let first = query.firstDay.map { start(ofDay: $0) } ?? 0
        let end = query.lastDay.map { start(ofDay: $0 + 1) } ?? .max
        return first..<max(first, end)
    }
}
