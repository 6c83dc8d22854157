public import ChatDomain

extension Chat {
    /// Joins the rooms that an invitation leads to, for somebody who has an account already:
    /// `POST /api/invites/{code}/accept`. All rooms of the invitation that the person is in afterwards; a use is taken
    /// only when there was something to join.
    ///
    /// - Throws: `invite_invalid`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func acceptInvite(
        _ code: InviteCode, by user: UserID, from source: RequestSource
    ) async throws(ChatError) -> [ConversationID] {
        let now = clock.now()
        // Counted like a guess, because a code is a secret.
        try attemptLimiter.admit(nil, from: source.address, at: now)
        let hash = Digest.of(code)
        let announcer = announcer
        let accepted = try await store.write { store -> AcceptedInvite in
            let person = try store.requirePerson(user)
            guard let invite = try store.invite(codeHash: hash), invite.listing.problem(at: now) == nil else {
                throw ChatError.inviteInvalid
            }
            let (joined, changes) = try InviteArrival.join(invite.rooms, person, at: now, in: store)
            if !joined.isEmpty {
                guard try store.consumeInvite(codeHash: hash, at: now) else { throw ChatError.inviteInvalid }
                try store.note(
                    .inviteUsed, by: user, from: source, target: invite.listing.id.description, at: now)
            }
            let rooms = try invite.rooms.filter { try store.isMember(person.key, of: $0.key) }.map(\.id)
            return AcceptedInvite(rooms: rooms, changes: changes)
        } committed: { accepted in
            for change in accepted.changes { change.announceArrival(to: announcer) }
        }
        attemptLimiter.succeeded(nil, from: source.address)
        return accepted.rooms
    }
}

private struct AcceptedInvite: Sendable {
    let rooms: [ConversationID]
    let changes: [MembershipChange]
}
