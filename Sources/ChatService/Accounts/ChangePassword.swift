public import ChatDomain

extension Chat {
    /// Changes one's password and ends all other sessions: `POST /api/me/password`.
    ///
    /// - Throws: `credentials` when `current` is wrong; `invalid` for a new one that is too easy to guess; `rate`;
    ///   `busy`; `unavailable`.
    public nonisolated(nonsending) func changePassword(
        from current: Password, to new: Password, by user: UserID, session: SessionID,
        from source: RequestSource
    ) async throws(ChatError) {
        let person = try await confirm(current, of: user, from: source)
        let username = try person.requireUsername()
        try new.requireStrength(for: username)
        let hash = try await hasher.hash(new)
        let now = clock.now()
        let announcer = announcer
        _ = try await store.write { store in
            let person = try store.requirePerson(user)
            try store.setPassword(of: person.key, to: hash, at: now)
            try store.deleteResets(of: person.key)
            try store.note(
                .passwordChanged, by: user, from: source, target: user.description, at: now)
            return try store.deleteSessions(of: person.key, except: session)
        } committed: { (ended: [SessionID]) in
            for session in ended { announcer.announce(.sessionEnded(session)) }
        }
    }

    /// The person, when this is their password: before what a stolen session alone must not do. Wrong passwords count
    /// like wrong ones at the sign-in.
    nonisolated(nonsending) func confirm(
        _ password: Password, of user: UserID, from source: RequestSource
    ) async throws(ChatError) -> PersonRecord {
        let (person, hash) = try await store.read { store in
            let person = try store.requirePerson(user)
            return (person, try store.passwordHash(of: person.key))
        }
        let username = try person.requireUsername()
        try attemptLimiter.admit(username, from: source.address, at: clock.now())
        guard try await hasher.verify(password, against: hash) else {
            let now = clock.now()
            try await store.write { store in
                try store.note(
                    .signInFailed, by: user, from: source, target: user.description,
                    data: ["code": ChatError.Code.credentials.rawValue], at: now)
            } committed: { _ in
            }
            throw .wrongPassword
        }
        attemptLimiter.giveBack(username, from: source.address)
        return person
    }
}

extension PersonRecord {
    func requireUsername() throws(ChatError) -> Username {
        do throws(InvalidValue) {
            return try Username(account.user.username)
        } catch {
            throw ChatError(error)
        }
    }
}
