public import ChatDomain

/// A new invitation.
public struct CreatedInvite: Sendable {
    /// The secret for the link; it is not kept anywhere else.
    public let code: InviteCode
    /// When it expires.
    public let expiresAt: Timestamp
    /// How many accounts it makes.
    public let uses: Int
}

extension Chat {
    /// Makes an invitation: `POST /api/invites`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func createInvite(
        _ terms: InviteTerms, by user: UserID
    ) async throws(ChatError) -> CreatedInvite {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let code = InviteCode(bits: random.bits128())
        let expiresAt = now.advanced(byMilliseconds: Int64(terms.hours) * 3_600_000)
        return try await store.write { store in
            let person = try store.requirePerson(user)
            guard Permission.mayInvite(person.account) else {
                throw ChatError.forbidden("Only administrators make invitations.")
            }
            try store.insertInvite(
                codeHash: Digest.of(code), by: person.key, uses: terms.uses, createdAt: now,
                expiresAt: expiresAt)
            return CreatedInvite(code: code, expiresAt: expiresAt, uses: terms.uses)
        } committed: { _ in
        }
    }
}
