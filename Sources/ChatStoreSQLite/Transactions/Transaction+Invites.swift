internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    func inviter(codeHash: [UInt8], at now: Timestamp) throws -> User? {
        try first(
            """
            SELECT u.pub, u.username, u.name FROM invites i JOIN users u ON u.id = i.by_user
            WHERE i.code_hash = ? AND i.uses < i.max_uses AND i.expires_at > ? AND i.revoked_at IS NULL
            """, [Data(codeHash), now.milliseconds]
        ) { try $0.user() }
    }

    func insertInvite(
        codeHash: [UInt8], by user: UserKey, uses: Int, createdAt: Timestamp, expiresAt: Timestamp
    ) throws {
        try run(
            "INSERT INTO invites (code_hash, by_user, max_uses, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            [Data(codeHash), user.rawValue, uses, createdAt.milliseconds, expiresAt.milliseconds])
    }

    func consumeInvite(codeHash: [UInt8], at now: Timestamp) throws -> Bool {
        try run(
            """
            UPDATE invites SET uses = uses + 1
            WHERE code_hash = ? AND uses < max_uses AND expires_at > ? AND revoked_at IS NULL
            """, [Data(codeHash), now.milliseconds]) > 0
    }

    func deleteInvites(expiredBefore moment: Timestamp, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM invites WHERE code_hash IN
                (SELECT code_hash FROM invites WHERE expires_at < ? ORDER BY expires_at LIMIT ?)
            """, [moment.milliseconds, limit])
    }
}
