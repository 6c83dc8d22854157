public import ChatDomain

extension Chat {
    /// Makes an account and signs it in: `POST /api/signup`.
    ///
    /// An invitation loses a use in the transaction that makes the account; where sign-up is open it is not looked at.
    ///
    /// - Throws: `invite_required`, `invite_invalid`, `username_taken`; `invalid` for a password that is too easy to
    ///   guess; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func signUp(
        username: Username, name: DisplayName, password: Password, invite: InviteCode?,
        from address: ClientAddress
    ) async throws(ChatError) -> SignedIn {
        try password.requireStrength(for: username)
        try attemptLimiter.admit(nil, from: address, at: clock.now())
        let codeHash = invite.map { Digest.of($0) }
        let early = clock.now()
        // Not the decision, only to spare hopeless requests the cost of the hash.
        try await store.read { store in
            if try store.settings().signup == .invite {
                guard let codeHash else { throw ChatError.inviteRequired }
                guard try store.inviter(codeHash: codeHash, at: early) != nil else {
                    throw ChatError.inviteInvalid
                }
            }
            guard try !store.isTaken(username) else { throw ChatError.usernameTaken }
        }
        let hash = try await hasher.hash(password)
        let now = clock.now()
        let id = UserID(bits: random.bits128())
        let session = try NewSession(self, at: now)
        return try await store.write { store in
            if try store.settings().signup == .invite {
                guard let codeHash else { throw ChatError.inviteRequired }
                guard try store.consumeInvite(codeHash: codeHash, at: now) else {
                    throw ChatError.inviteInvalid
                }
            }
            let person = try store.insertAccount(
                id: id, username: username, name: name, isAdmin: false, hash: hash, at: now)
            guard let person else { throw ChatError.usernameTaken }
            return try session.insert(for: person, in: store)
        } committed: { _ in
        }
    }
}
