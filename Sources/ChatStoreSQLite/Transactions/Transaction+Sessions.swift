internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    func session(tokenHash: [UInt8]) throws -> SessionRecord? {
        try first(
            """
            SELECT s.pub, u.id, \(Self.userColumns("u")), s.created_at, s.seen_at, s.expires_at
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
        id: SessionID, tokenHash: [UInt8], user: UserKey, from source: RequestSource, createdAt: Timestamp,
        expiresAt: Timestamp
    ) throws {
        try run(
            """
            INSERT INTO sessions (pub, token_hash, user_id, created_at, seen_at, expires_at, ip, agent)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id.description, Data(tokenHash), user.rawValue, createdAt.milliseconds,
                createdAt.milliseconds, expiresAt.milliseconds, source.ip, source.agent,
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

    func sessions(of user: UserKey, at now: Timestamp) throws -> [SessionListing] {
        try all(
            """
            SELECT pub, created_at, seen_at, expires_at, ip, agent FROM sessions
            WHERE user_id = ? AND expires_at > ? ORDER BY seen_at DESC, id DESC
            """, [user.rawValue, now.milliseconds]
        ) {
            SessionListing(
                id: try $0.sessionID(), createdAt: try $0.time(), seenAt: try $0.time(),
                expiresAt: try $0.time(), ip: try $0.optionalText(), agent: try $0.optionalText())
        }
    }

    func nextSessionEnd() throws -> Timestamp? {
        try first("SELECT min(expires_at) FROM sessions") { try $0.optionalTime() } ?? nil
    }

    func deleteSession(_ id: SessionID, of user: UserKey) throws -> Bool {
        try run("DELETE FROM sessions WHERE pub = ? AND user_id = ?", [id.description, user.rawValue]) > 0
    }

    func deleteSessions(of user: UserKey, except: SessionID?) throws -> [SessionID] {
        try all(
            "DELETE FROM sessions WHERE user_id = ? AND pub IS NOT ? RETURNING pub",
            [user.rawValue, except?.description]
        ) { try $0.sessionID() }
    }

    func deleteSessions(endedAt moment: Timestamp, limit: Int) throws -> [SessionID] {
        try all(
            """
            DELETE FROM sessions
            WHERE id IN (SELECT id FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
            RETURNING pub
            """, [moment.milliseconds, limit]
        ) { try $0.sessionID() }
    }
}
