internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func adminRooms(matching text: SearchText, after: ConversationID?, limit: Int) throws -> [AdminRoom] {
        try all(
            #"""
            SELECT c.pub, c.name, c.kind, c.members, c.last_seq - c.min_seq + 1, c.created_at,
                c.archived_at IS NOT NULL, \#(Self.userColumns("u"))
            FROM conversations c LEFT JOIN users u ON u.id =
                (SELECT m.user_id FROM memberships m WHERE m.conv_id = c.id AND m.role = ?1
                    ORDER BY m.joined_at, m.user_id LIMIT 1)
            WHERE c.kind IN (3, 4) AND c.removed_at IS NULL AND c.name_fold LIKE ?2 ESCAPE '\'
                AND (?3 IS NULL OR (c.name_fold, c.id) >
                    (SELECT a.name_fold, a.id FROM conversations a WHERE a.pub = ?3))
            ORDER BY c.name_fold, c.id LIMIT ?4
            """#, [Role.owner.stored, Self.pattern(containing: text.folded), after?.description, limit]
        ) { columns in
            AdminRoom(
                id: try columns.conversationID(), name: try columns.text(),
                kind: try columns.conversationKind(), members: try columns.count(),
                messages: try columns.int(), createdAt: try columns.time(),
                isArchived: try columns.int() == 1, owner: columns.isNull ? nil : try columns.user())
        }
    }
}
