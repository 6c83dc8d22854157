public import ChatDomain

/// A link with which somebody sets a password.
public struct PasswordReset: Sendable {
    /// The secret for the link; it is not kept anywhere else.
    public let code: ResetCode
    /// When it expires.
    public let expiresAt: Timestamp
}

extension Chat {
    /// Milliseconds for which a link that sets a password works.
    public static let resetLifetime: Int64 = 3 * 86_400_000

    /// Makes a link with which a person sets a new password: `POST /api/admin/people/{u}/reset`. Earlier links of the
    /// person end; the password stays until the link is used.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func makeReset(
        for target: UserID, by actor: Actor
    ) async throws(ChatError) -> PasswordReset {
        let now = clock.now()
        try admit(actor, at: now)
        let code = ResetCode(bits: random.bits128())
        let expiresAt = now.advanced(byMilliseconds: Self.resetLifetime)
        return try await store.write { store in
            try store.requireAdministrator(actor)
            guard let person = try store.anyPerson(target) else { throw ChatError.personNotFound }
            guard !person.account.user.isBot else { throw ChatError.forbidden("A bot has no password.") }
            // Whoever was imported comes to life by their first link; until it is used there is no password.
            if person.account.user.state == .deactivated, try store.passwordHash(of: person.key) == nil {
                try store.setState(of: person.key, to: .active)
                try store.note(.reactivated, by: actor, target: target.description, at: now)
            }
            try store.insertReset(
                codeHash: Digest.of(code), of: person.key, createdAt: now, expiresAt: expiresAt)
            try store.note(.resetMade, by: actor, target: target.description, at: now)
            return PasswordReset(code: code, expiresAt: expiresAt)
        } committed: { _ in
        }
    }

    /// Whose password a link sets; nil when it does not work: `GET /api/reset/{code}`.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func checkReset(_ code: ResetCode) async throws(ChatError) -> User? {
        let now = clock.now()
        let hash = Digest.of(code)
        return try await store.read { try $0.resetOwner(codeHash: hash, at: now)?.account.user }
    }

    /// Sets a password by a link, which works once, and ends all sessions of the person: `POST /api/reset`.
    ///
    /// - Throws: `not_found` when the link does not work; `invalid` for a password that is too easy to guess; `rate`;
    ///   `busy`; `unavailable`.
    public nonisolated(nonsending) func resetPassword(
        _ code: ResetCode, to password: Password, from source: RequestSource
    ) async throws(ChatError) {
        try attemptLimiter.admit(nil, from: source.address, at: clock.now())
        let codeHash = Digest.of(code)
        let early = clock.now()
        let owner = try await store.read { try $0.resetOwner(codeHash: codeHash, at: early) }
        guard let owner else { throw .resetInvalid }
        try password.requireStrength(for: try owner.requireUsername())
        let hash = try await hasher.hash(password)
        let now = clock.now()
        let announcer = announcer
        _ = try await store.write { store in
            guard let person = try store.resetOwner(codeHash: codeHash, at: now) else {
                throw ChatError.resetInvalid
            }
            let id = person.account.user.id
            try store.setPassword(of: person.key, to: hash, at: now)
            try store.deleteResets(of: person.key)
            try store.note(.resetUsed, by: id, from: source, target: id.description, at: now)
            return try store.deleteSessions(of: person.key, except: nil)
        } committed: { (ended: [SessionID]) in
            for session in ended { announcer.announce(.sessionEnded(session)) }
        }
        attemptLimiter.succeeded(nil, from: source.address)
    }
}
