public import ChatDomain

/// What a person changes about themselves; nil leaves it as it is.
public struct ProfileChange: Sendable {
    /// The name that others see.
    public var name: DisplayName?
    /// What they say about themselves.
    public var status: StatusText?
    /// The language of their client.
    public var locale: LanguageTag?
    /// What their clients keep.
    public var preferences: Preferences?

    /// No change.
    public init() {}
}

extension Chat {
    /// Everything that a person's devices know of the account: `GET /api/me`.
    ///
    /// - Throws: `unauthorized`, `busy`, `unavailable`.
    public nonisolated(nonsending) func profile(of user: UserID) async throws(ChatError) -> Profile {
        try await store.read { store in
            try store.requireProfile(of: try store.requirePerson(user).key)
        }
    }

    /// Changes what is given: `PATCH /api/me`. Others hear of a new name or status.
    ///
    /// - Throws: `rate`, `busy`, `unavailable`.
    public nonisolated(nonsending) func changeProfile(
        _ change: ProfileChange, by user: UserID, from source: RequestSource
    ) async throws(ChatError) -> Profile {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        return try await store.write { store -> ChangedProfile in
            let person = try store.requirePerson(user)
            let before = person.account.user
            if let name = change.name, name.text != before.name {
                try store.setName(of: person.key, to: name)
                try store.note(
                    .renamed, by: user, from: source, target: user.description,
                    data: ["from": before.name, "to": name.text], at: now)
            }
            if let status = change.status { try store.setStatus(of: person.key, to: status) }
            if let locale = change.locale { try store.setLocale(of: person.key, to: locale) }
            if let preferences = change.preferences {
                try store.setPreferences(of: person.key, to: preferences)
            }
            let profile = try store.requireProfile(of: person.key)
            let visible = profile.account.user != before
            return ChangedProfile(
                profile: profile, conversations: visible ? try store.conversations(of: user) : nil)
        } committed: { changed in
            if let conversations = changed.conversations {
                announcer.announce(.userChanged(changed.profile.account.user, in: conversations))
            }
        }.profile
    }
}

private struct ChangedProfile: Sendable {
    let profile: Profile
    /// Where others see it; nil when there is nothing to see.
    let conversations: [ConversationID]?
}

extension PeopleReading {
    func requireProfile(of user: UserKey) throws -> Profile {
        guard let profile = try profile(of: user) else { throw ChatError.unauthorized }
        return profile
    }
}
