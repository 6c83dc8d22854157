public import ChatDomain

extension Chat {
    /// Makes an account and signs it in: `POST /api/signup`.
    ///
    /// An invitation loses a use in the transaction that makes the account, and its rooms are joined there. Where
    /// sign-up is open, an invitation that does not work is as good as none.
    ///
    /// - Throws: `invite_required`, `invite_invalid`, `username_taken`; `invalid` for a password that is too easy to
    ///   guess; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func signUp(
        username: Username, name: DisplayName, password: Password, invite: InviteCode?,
        from source: RequestSource
    ) async throws(ChatError) -> SignedIn {
        try password.requireStrength(for: username)
        try attemptLimiter.admit(nil, from: source.address, at: clock.now())
        let codeHash = invite.map { Digest.of($0) }
        let early = clock.now()
        // Not the decision, only to spare hopeless requests the cost of the hash.
        try await store.read { store in
            if try store.settings().signup == .invite {
                guard let codeHash else { throw ChatError.inviteRequired }
                guard let invite = try store.invite(codeHash: codeHash),
                    invite.listing.problem(at: early) == nil
                else { throw ChatError.inviteInvalid }
            }
            guard try !store.isTaken(username) else { throw ChatError.usernameTaken }
        }
        let hash = try await hasher.hash(password)
        let now = clock.now()
        let id = UserID(bits: random.bits128())
        let session = try NewSession(self, from: source, at: now)
        let announcer = announcer
        return try await store.write { store -> NewcomerSignedIn in
            let invite = try codeHash.flatMap { hash in
                try store.consumeInvite(codeHash: hash, at: now) ? try store.invite(codeHash: hash) : nil
            }
            if invite == nil, try store.settings().signup == .invite {
                throw codeHash == nil ? ChatError.inviteRequired : ChatError.inviteInvalid
            }
            let person = try store.insertAccount(
                id: id, username: username, name: name, isAdmin: false, hash: hash, at: now)
            guard let person else { throw ChatError.usernameTaken }
            try store.note(.signUp, by: id, from: source, target: id.description, at: now)
            if let invite {
                try store.note(
                    .inviteUsed, by: id, from: source, target: invite.listing.id.description, at: now)
            }
            let changes = try InviteArrival.join(invite?.rooms ?? [], person, at: now, in: store).changes
            return NewcomerSignedIn(signedIn: try session.insert(for: person, in: store), changes: changes)
        } committed: { newcomer in
            for change in newcomer.changes { change.announceArrival(to: announcer) }
        }.signedIn
    }
}

private struct NewcomerSignedIn: Sendable {
    let signedIn: SignedIn
    let changes: [MembershipChange]
}
