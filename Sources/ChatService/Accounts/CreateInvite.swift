public import ChatDomain

/// A new invitation.
public struct CreatedInvite: Sendable {
    /// Its public id.
    public let id: InviteID
    /// The secret for the link; it is not kept anywhere else.
    public let code: InviteCode
    /// When it expires.
    public let expiresAt: Timestamp
    /// How many accounts it makes.
    public let uses: Int
}

extension Chat {
    /// Makes an invitation, perhaps one that leads into rooms: `POST /api/invites`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found` for rooms that the administrator cannot find
    ///   either; `invalid` for too many rooms; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func createInvite(
        _ terms: InviteTerms, rooms: [ConversationID] = [], by user: UserID,
        from source: RequestSource = .local
    ) async throws(ChatError) -> CreatedInvite {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        guard rooms.count <= Limits.inviteRooms else {
            throw .invalid(.rooms, .tooMany(maximum: Limits.inviteRooms))
        }
        let code = InviteCode(bits: random.bits128())
        let id = InviteID(bits: random.bits128())
        let expiresAt = now.advanced(byMilliseconds: Int64(terms.hours) * 3_600_000)
        return try await store.write { store in
            let person = try store.requirePerson(user)
            guard Permission.mayInvite(person.account) else {
                throw ChatError.forbidden("Only administrators make invitations.")
            }
            let keys = try rooms.map { room -> ConversationKey in
                guard let access = try store.access(of: user, to: room), access.conversation.kind.isRoom,
                    access.membership != nil || access.conversation.kind == .publicRoom
                else { throw ChatError.conversationNotFound }
                return access.conversation.key
            }
            try store.insertInvite(
                id: id, codeHash: Digest.of(code), by: person.key, uses: terms.uses, rooms: keys,
                createdAt: now, expiresAt: expiresAt)
            try store.note(
                .inviteMade, by: user, from: source, target: id.description,
                data: ["hours": "\(terms.hours)", "uses": "\(terms.uses)", "rooms": "\(keys.count)"], at: now)
            return CreatedInvite(id: id, code: code, expiresAt: expiresAt, uses: terms.uses)
        } committed: { _ in
        }
    }

    /// The newest invitations: `GET /api/admin/invites`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `busy`; `unavailable`.
    public nonisolated(nonsending) func listInvites(by user: UserID) async throws(ChatError)
        -> [InviteListing]
    {
        try await store.read { store in
            try store.requireAdministrator(user)
            return try store.invites(limit: Limits.searchResultsMaximum)
        }
    }

    /// Takes an invitation back: `DELETE /api/admin/invites/{id}`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func revokeInvite(
        _ id: InviteID, by user: UserID, from source: RequestSource
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        try await store.write { store in
            try store.requireAdministrator(user)
            guard try store.revokeInvite(id, at: now) else {
                throw ChatError(
                    code: .notFound, message: "There is no such invitation.", retryable: false)
            }
            try store.note(.inviteRevoked, by: user, from: source, target: id.description, at: now)
        } committed: { _ in
        }
    }
}
