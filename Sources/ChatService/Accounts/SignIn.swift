public import ChatDomain

extension Chat {
    /// Begins a session: `POST /api/signin`.
    ///
    /// The answer and its time are the same for an unknown username and a wrong password.
    ///
    /// - Throws: `credentials`; `rate` with `after` when this account or address tried too often; `busy`;
    ///   `unavailable`.
    public nonisolated(nonsending) func signIn(
        username: Username, password: Password, from address: ClientAddress
    ) async throws(ChatError) -> SignedIn {
        try attemptLimiter.admit(username, from: address, at: clock.now())
        let credential = try await store.read { store in
            try store.credential(of: username).map { Credential(person: $0.person, hash: $0.hash) }
        }
        guard try await hasher.verify(password, against: credential?.hash), let credential else {
            throw .wrongCredentials
        }
        attemptLimiter.succeeded(username, from: address)
        var newHash: PasswordHash?
        if hasher.isOutdated(credential.hash) {
            newHash = try await hasher.hash(password)
        }
        let replacement = newHash
        let session = try NewSession(self, at: clock.now())
        return try await store.write { store in
            if let replacement {
                try store.replacePassword(of: credential.person.key, with: replacement)
            }
            return try session.insert(for: credential.person, in: store)
        } committed: { _ in
        }
    }
}

private struct Credential: Sendable {
    let person: PersonRecord
    let hash: PasswordHash
}
