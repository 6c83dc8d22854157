public import ChatDomain

extension Chat {
    /// The server's settings: `GET /api/settings`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `busy`; `unavailable`.
    public nonisolated(nonsending) func settings(for user: UserID) async throws(ChatError) -> ServerSettings {
        try await store.read { store in
            try store.requireAdministrator(user)
            return try store.settings()
        }
    }

    /// Changes what is given of the server's settings: `PUT /api/settings`. The settings after it.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func changeSettings(
        signup: SignupMode?, name: ServerName?, by user: UserID
    ) async throws(ChatError) -> ServerSettings {
        try actionLimiter.admit(user, at: clock.now())
        return try await store.write { store in
            try store.requireAdministrator(user)
            var settings = try store.settings()
            if let signup { settings.signup = signup }
            if let name { settings.name = name.text }
            try store.save(settings)
            return settings
        } committed: { _ in
        }
    }
}

extension AccountReading {
    /// The person, or `unauthorized`: an authenticated person always exists.
    func requirePerson(_ id: UserID) throws -> PersonRecord {
        guard let person = try person(id) else { throw ChatError.unauthorized }
        return person
    }

    func requireAdministrator(_ id: UserID) throws {
        guard Permission.mayChangeSettings(try requirePerson(id).account) else {
            throw ChatError.forbidden("Only administrators may do this.")
        }
    }
}
