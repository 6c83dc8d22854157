internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    func session(tokenHash: [UInt8]) throws -> SessionRecord? {
        try first(
            """
            SELECT s.pub, u.id, u.pub, u.username, u.name, u.role, s.created_at, s.seen_at, s.expires_at
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.token_hash = ? AND u.state = 0
            """, [Data(tokenHash)]
        ) {
            SessionRecord(
                id: try $0.sessionID(), person: try $0.person(), createdAt: try $0.time(),
                seenAt: try $0.time(),
                expiresAt: try $0.time())
        }
    }

    func isValid(_ session: SessionID, at now: Timestamp) throws -> Bool {
        try exists(
            """
            SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.pub = ? AND s.expires_at > ? AND u.state = 0
            """, [session.description, now.milliseconds])
    }

    func insertSession(
        id: SessionID, tokenHash: [UInt8], user: UserKey, createdAt: Timestamp, expiresAt: Timestamp
    ) throws {
        try run(
            """
            INSERT INTO sessions (pub, token_hash, user_id, created_at, seen_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                id.description, Data(tokenHash), user.rawValue, createdAt.milliseconds,
                createdAt.milliseconds,
                expiresAt.milliseconds,
            ])
    }

    func touchSession(_ id: SessionID, seenAt: Timestamp, expiresAt: Timestamp) throws {
        try run(
            "UPDATE sessions SET seen_at = ?, expires_at = ? WHERE pub = ? AND seen_at < ?",
            [seenAt.milliseconds, expiresAt.milliseconds, id.description, seenAt.milliseconds])
    }

    func deleteSession(_ id: SessionID) throws -> Bool {
        try run("DELETE FROM sessions WHERE pub = ?", [id.description]) > 0
    }

    func deleteSessions(endedBefore moment: Timestamp, limit: Int) throws -> [SessionID] {
        try all(
            """
            DELETE FROM sessions
            WHERE id IN (SELECT id FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT ?)
            RETURNING pub
            """, [moment.milliseconds, limit]
        ) { try $0.sessionID() }
    }
}
