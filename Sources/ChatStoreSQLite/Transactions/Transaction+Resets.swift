internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    func resetOwner(codeHash: [UInt8], at now: Timestamp) throws -> PersonRecord? {
        try first(
            """
            SELECT u.id, \(Self.userColumns("u")) FROM resets r JOIN users u ON u.id = r.user_id
            WHERE r.code_hash = ? AND r.expires_at > ?
            """, [Data(codeHash), now.milliseconds]
        ) { try $0.person() }
    }

    func insertReset(
        codeHash: [UInt8], of user: UserKey, createdAt: Timestamp, expiresAt: Timestamp
    ) throws {
        try deleteResets(of: user)
        try run(
            "INSERT INTO resets (code_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
            [Data(codeHash), user.rawValue, createdAt.milliseconds, expiresAt.milliseconds])
    }

    func deleteResets(of user: UserKey) throws {
        try run("DELETE FROM resets WHERE user_id = ?", [user.rawValue])
    }
}
