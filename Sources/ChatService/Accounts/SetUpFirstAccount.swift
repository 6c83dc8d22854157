public import ChatDomain

extension Chat {
    /// Makes the first account, an administrator, and signs it in: `POST /api/setup`.
    ///
    /// Of requests that race exactly one wins.
    ///
    /// - Throws: `already_set_up`; `invalid` for a password that is too easy to guess; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func setUpFirstAccount(
        username: Username, name: DisplayName, password: Password, from source: RequestSource
    ) async throws(ChatError) -> SignedIn {
        try password.requireStrength(for: username)
        try attemptLimiter.admit(nil, from: source.address, at: clock.now())
        // Not the decision, only to spare a finished server the cost of the hash.
        guard try await !store.read({ try $0.hasAccounts() }) else { throw .alreadySetUp }
        let hash = try await hasher.hash(password)
        let now = clock.now()
        let id = UserID(bits: random.bits128())
        let session = try NewSession(self, from: source, at: now)
        return try await store.write { store in
            guard try !store.hasAccounts() else { throw ChatError.alreadySetUp }
            let person = try store.insertAccount(
                id: id, username: username, name: name, isAdmin: true, hash: hash, at: now)
            guard let person else { throw ChatError.usernameTaken }
            try store.note(.setUp, by: id, from: source, target: id.description, at: now)
            return try session.insert(for: person, in: store)
        } committed: { _ in
        }
    }
}

extension Password {
    func requireStrength(for username: Username) throws(ChatError) {
        do throws(InvalidValue) {
            try checkStrength(for: username)
        } catch {
            throw ChatError(error)
        }
    }
}
