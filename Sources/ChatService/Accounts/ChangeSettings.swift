public import ChatDomain

/// What an administrator changes of the settings; nil leaves it as it is.
public struct SettingsChange: Sendable {
    /// Who may make an account.
    public var signup: SignupMode?
    /// The name of this server.
    public var name: ServerName?
    /// The language of people who have chosen none.
    public var locale: LanguageTag?
    /// Bytes of the largest file that may be uploaded.
    public var uploadMaximum: Int?
    /// Whether pages that messages link to are fetched.
    public var fetchesPreviews: Bool?
    /// Minutes for which an author may edit a message; 0 for no end.
    public var editMinutes: Int?
    /// Days for which messages are kept; 0 for no end.
    public var retentionDays: Int?

    /// No change.
    public init() {}

    func apply(to settings: inout ServerSettings) throws(ChatError) {
        if let signup { settings.signup = signup }
        if let name { settings.name = name.text }
        if let locale { settings.locale = locale.text }
        if let fetchesPreviews { settings.fetchesPreviews = fetchesPreviews }
        if let uploadMaximum {
            settings.uploadMaximum = try Self.checked(
                uploadMaximum, in: Limits.uploadBytes, field: .uploadMax)
        }
        if let editMinutes {
            let minutes = try Self.checked(editMinutes, in: Limits.editMinutes, field: .editMinutes)
            settings.editMinutes = minutes == 0 ? nil : minutes
        }
        if let retentionDays {
            let days = try Self.checked(retentionDays, in: Limits.retentionDays, field: .retentionDays)
            settings.retentionDays = days == 0 ? nil : days
        }
    }

    private static func checked(
        _ number: Int, in range: ClosedRange<Int>, field: InvalidValue.Field
    ) throws(ChatError) -> Int {
        guard range.contains(number) else { throw .invalid(field, .outOfRange(range)) }
        return number
    }
}

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

    /// Changes who may sign up and the server's name: `PUT /api/settings`. The settings after it.
    ///
    /// - Throws: see ``changeSettings(_:by:from:)``.
    public nonisolated(nonsending) func changeSettings(
        signup: SignupMode?, name: ServerName?, by user: UserID, from source: RequestSource = .local
    ) async throws(ChatError) -> ServerSettings {
        var change = SettingsChange()
        change.signup = signup
        change.name = name
        return try await changeSettings(change, by: user, from: source)
    }

    /// Changes what is given of the server's settings: `PUT /api/admin/settings`. The settings after it.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `invalid`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func changeSettings(
        _ change: SettingsChange, by user: UserID, from source: RequestSource
    ) async throws(ChatError) -> ServerSettings {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        return try await store.write { store in
            try store.requireAdministrator(user)
            let before = try store.settings()
            var settings = before
            try change.apply(to: &settings)
            if settings != before {
                try store.save(settings)
                try store.note(
                    .settingsChanged, by: user, from: source, data: settings.differences(from: before),
                    at: now)
            }
            return settings
        } committed: { _ in
        }
    }
}

extension ServerSettings {
    /// What differs, by name, with the value that holds from now on.
    fileprivate func differences(from before: ServerSettings) -> [String: String] {
        var differences: [String: String] = [:]
        if signup != before.signup { differences["signup"] = signup.rawValue }
        if name != before.name { differences["name"] = name }
        if locale != before.locale { differences["locale"] = locale }
        if uploadMaximum != before.uploadMaximum { differences["uploadMax"] = "\(uploadMaximum)" }
        if fetchesPreviews != before.fetchesPreviews { differences["previews"] = "\(fetchesPreviews)" }
        if editMinutes != before.editMinutes { differences["editMinutes"] = "\(editMinutes ?? 0)" }
        if retentionDays != before.retentionDays { differences["retentionDays"] = "\(retentionDays ?? 0)" }
        return differences
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
