public import ChatDomain

/// Invitations, to read.
public protocol InviteReading {
    /// Who made the invitation with this SHA-256, if it works at `now`.
    func inviter(codeHash: [UInt8], at now: Timestamp) throws -> User?
}

/// Invitations, to write.
public protocol InviteWriting {
    /// Adds an invitation.
    func insertInvite(
        codeHash: [UInt8], by user: UserKey, uses: Int, createdAt: Timestamp, expiresAt: Timestamp
    ) throws
    /// Takes one use of the invitation; `false` when it does not work at `now`.
    func consumeInvite(codeHash: [UInt8], at now: Timestamp) throws -> Bool
    /// Removes at most `limit` invitations that expired before `moment`; how many.
    func deleteInvites(expiredBefore moment: Timestamp, limit: Int) throws -> Int
}
