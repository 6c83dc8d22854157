internal import ChatDomain
internal import ChatService
internal import Foundation
internal import GRDB

extension Transaction {
    func invite(codeHash: [UInt8]) throws -> InviteRecord? {
        let rooms = try all(
            """
            SELECT c.id, c.pub, c.name, c.members FROM invite_rooms r JOIN conversations c ON c.id = r.conv_id
            WHERE r.code_hash = ? ORDER BY c.name_fold, c.id
            """, [Data(codeHash)]
        ) {
            InviteRecord.Room(
                key: try $0.conversationKey(), id: try $0.conversationID(), name: try $0.text(),
                members: try $0.count())
        }
        return try first(Self.inviteQuery + "WHERE i.code_hash = ?", [Data(codeHash)]) {
            InviteRecord(
                listing: try $0.invite(rooms: rooms.map { .init(id: $0.id, name: $0.name) }), rooms: rooms)
        }
    }

    func invites(limit: Int) throws -> [InviteListing] {
        let targets = try all(
            """
            SELECT i.pub, c.pub, c.name FROM invite_rooms r JOIN conversations c ON c.id = r.conv_id
            JOIN invites i ON i.code_hash = r.code_hash ORDER BY c.name_fold, c.id
            """
        ) { (try $0.inviteID(), InviteListing.Room(id: try $0.conversationID(), name: try $0.text())) }
        let rooms = Dictionary(grouping: targets, by: \.0).mapValues { $0.map(\.1) }
        return try all(
            Self.inviteQuery + "ORDER BY i.created_at DESC, i.pub LIMIT ?", [limit]
        ) { try $0.invite { rooms[$0] ?? [] } }
    }

    private static let inviteQuery = """
        SELECT i.pub, i.created_at, i.expires_at, i.max_uses, i.uses, i.revoked_at, \(userColumns("u"))
        FROM invites i JOIN users u ON u.id = i.by_user

        """

    func insertInvite(
        id: InviteID, codeHash: [UInt8], by user: UserKey, uses: Int, rooms: [ConversationKey],
        createdAt: Timestamp, expiresAt: Timestamp
    ) throws {
        try run(
            """
            INSERT INTO invites (pub, code_hash, by_user, max_uses, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                id.description, Data(codeHash), user.rawValue, uses, createdAt.milliseconds,
                expiresAt.milliseconds,
            ])
        for room in rooms {
            try run(
                "INSERT OR IGNORE INTO invite_rooms (code_hash, conv_id) VALUES (?, ?)",
                [Data(codeHash), room.rawValue])
        }
    }

    func consumeInvite(codeHash: [UInt8], at now: Timestamp) throws -> Bool {
        try run(
            """
            UPDATE invites SET uses = uses + 1
            WHERE code_hash = ? AND uses < max_uses AND expires_at > ? AND revoked_at IS NULL
            """, [Data(codeHash), now.milliseconds]) > 0
    }

    func revokeInvite(_ id: InviteID, at now: Timestamp) throws -> Bool {
        try run(
            "UPDATE invites SET revoked_at = ? WHERE pub = ? AND revoked_at IS NULL",
            [now.milliseconds, id.description]) > 0
    }

    func deleteInvites(expiredBefore moment: Timestamp, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM invites WHERE code_hash IN
                (SELECT code_hash FROM invites WHERE expires_at < ? ORDER BY expires_at LIMIT ?)
            """, [moment.milliseconds, limit])
    }
}

extension Columns {
    fileprivate mutating func inviteID() throws -> InviteID {
        let text = try text()
        guard let id = InviteID(text) else { throw CorruptRow(column: "invites.pub", value: text) }
        return id
    }

    fileprivate mutating func invite(rooms: [InviteListing.Room]) throws -> InviteListing {
        try invite { _ in rooms }
    }

    fileprivate mutating func invite(rooms: (InviteID) -> [InviteListing.Room]) throws -> InviteListing {
        let id = try inviteID()
        let (createdAt, expiresAt) = (try time(), try time())
        let (uses, used, revokedAt) = (try count(), try count(), try optionalTime())
        return InviteListing(
            id: id, by: try user(), createdAt: createdAt, expiresAt: expiresAt, uses: uses, used: used,
            revokedAt: revokedAt, rooms: rooms(id))
    }
}
