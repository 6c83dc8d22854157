internal import ChatDomain
internal import ChatService
internal import GRDB

extension Transaction {
    func acquaintance(_ other: UserID, of user: UserKey) throws -> Acquaintance? {
        try first(
            """
            SELECT u.pub, u.seen_at FROM users u
            WHERE u.pub = ?1 AND u.state = 0 AND (u.id = ?2 OR EXISTS (
                SELECT 1 FROM memberships a CROSS JOIN memberships b ON b.user_id = u.id AND b.conv_id = a.conv_id
                WHERE a.user_id = ?2))
            """, [other.description, user.rawValue]
        ) {
            Acquaintance(
                user: try $0.userID(), seen: try $0.optionalInt().map { Timestamp(milliseconds: $0) })
        }
    }

    func setSeen(_ user: UserID, at moment: Timestamp) throws {
        try run("UPDATE users SET seen_at = ? WHERE pub = ?", [moment.milliseconds, user.description])
    }
}
