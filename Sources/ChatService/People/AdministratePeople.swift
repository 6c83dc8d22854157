public import ChatDomain

/// What an administrator changes about a person; nil leaves it as it is.
public struct PersonChange: Sendable {
    /// What the person is on this server.
    public var role: AccountRole?
    /// Whether the account may be used.
    public var state: AccountState?
    /// The name that others see.
    public var name: DisplayName?
    /// Whether everything that the person wrote until now is to go, see ``Chat/removeContent()``.
    public var removesContent = false

    /// No change.
    public init() {}
}

extension Chat {
    /// People in any state, by name: `GET /api/admin/people`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `busy`; `unavailable`.
    public nonisolated(nonsending) func listPeople(
        _ text: SearchText, after: UserID?, limit: Int = Limits.searchResults, by user: UserID
    ) async throws(ChatError) -> [AdminPerson] {
        let limit = min(max(limit, 1), Limits.searchResultsMaximum)
        let now = clock.now()
        return try await store.read { store in
            try store.requireAdministrator(user)
            return try store.adminPeople(matching: text, after: after, limit: limit, at: now)
        }
    }

    /// Somebody by their username, whatever their state: for the console.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func findPerson(_ username: Username) async throws(ChatError) -> User? {
        try await store.read { try $0.anyPerson(named: username)?.account.user }
    }

    /// Makes an account for somebody, with a link to set its password: `POST /api/admin/people`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `username_taken`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func makePerson(
        username: Username, name: DisplayName, role: AccountRole, by actor: Actor
    ) async throws(ChatError) -> (user: User, reset: PasswordReset) {
        let now = clock.now()
        try admit(actor, at: now)
        let id = UserID(bits: random.bits128())
        let code = ResetCode(bits: random.bits128())
        let expiresAt = now.advanced(byMilliseconds: Self.resetLifetime)
        let user = try await store.write { store in
            try store.requireAdministrator(actor)
            let person = try store.insertAccount(
                id: id, username: username, name: name, isAdmin: role == .admin, hash: nil, at: now)
            guard let person else { throw ChatError.usernameTaken }
            try store.insertReset(
                codeHash: Digest.of(code), of: person.key, createdAt: now, expiresAt: expiresAt)
            try store.note(
                .personMade, by: actor, target: id.description, data: ["role": role.rawValue], at: now)
            return person.account.user
        } committed: { _ in
        }
        return (user, PasswordReset(code: code, expiresAt: expiresAt))
    }

    /// Changes what is given about a person: `PATCH /api/admin/people/{u}`. Whoever is banned or whose account is closed
    /// is signed out everywhere at once.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found`; `last_admin`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func changePerson(
        _ target: UserID, _ change: PersonChange, by actor: Actor
    ) async throws(ChatError) -> AdminPerson {
        let now = clock.now()
        try admit(actor, at: now)
        let announcer = announcer
        return try await store.write { store -> ChangedPerson in
            try store.requireAdministrator(actor)
            guard let person = try store.anyPerson(target) else { throw ChatError.personNotFound }
            let before = person.account.user
            if let role = change.role, role != before.role {
                guard !before.isBot else { throw ChatError.forbidden("A bot administrates nothing.") }
                try store.setRole(of: person.key, to: role)
                try store.note(
                    .roleChanged, by: actor, target: target.description,
                    data: ["from": before.role.rawValue, "to": role.rawValue], at: now)
            }
            if let name = change.name, name.text != before.name {
                try store.setName(of: person.key, to: name)
                try store.note(
                    .renamed, by: actor, target: target.description,
                    data: ["from": before.name, "to": name.text], at: now)
            }
            var isClosed = false
            if let state = change.state, state != before.state {
                try store.setState(of: person.key, to: state)
                try store.note(state.action, by: actor, target: target.description, at: now)
                if state != .active {
                    _ = try store.deleteSessions(of: person.key, except: nil)
                    try store.deleteResets(of: person.key)
                    isClosed = true
                }
            }
            if change.removesContent {
                try store.insertRemoval(of: person.key, by: try store.key(of: actor), at: now)
                try store.note(.contentRemoved, by: actor, target: target.description, at: now)
            }
            // After the change, so that two administrators cannot each take the other's role.
            if before.role == .admin, before.state == .active, try store.administratorCount() == 0 {
                throw ChatError.lastAdmin
            }
            guard let after = try store.adminPerson(person.key, at: now) else {
                throw ChatError.personNotFound
            }
            return ChangedPerson(
                person: after, isClosed: isClosed,
                conversations: after.user == before ? nil : try store.conversations(of: target))
        } committed: { changed in
            if changed.isClosed { announcer.announce(.accountClosed(target)) }
            if let conversations = changed.conversations {
                announcer.announce(.userChanged(changed.person.user, in: conversations))
            }
        }.person
    }

    /// Signs somebody in without codes from now on: `POST /api/admin/people/{u}/totp/off`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found` also when there is no authenticator; `rate`;
    ///   `busy`; `unavailable`.
    public nonisolated(nonsending) func endTOTP(of target: UserID, by actor: Actor) async throws(ChatError) {
        let now = clock.now()
        try admit(actor, at: now)
        try await store.write { store in
            try store.requireAdministrator(actor)
            guard let person = try store.anyPerson(target) else { throw ChatError.personNotFound }
            guard try store.deleteTOTP(of: person.key) else {
                throw ChatError(code: .notFound, message: "There is no authenticator.", retryable: false)
            }
            try store.note(.totpOff, by: actor, target: target.description, at: now)
        } committed: { _ in
        }
    }

    /// The sessions of somebody: `GET /api/admin/people/{u}/sessions`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found`; `busy`; `unavailable`.
    public nonisolated(nonsending) func listSessions(
        of target: UserID, by user: UserID
    ) async throws(ChatError) -> [SessionListing] {
        let now = clock.now()
        return try await store.read { store in
            try store.requireAdministrator(user)
            guard let person = try store.anyPerson(target) else { throw ChatError.personNotFound }
            return try store.sessions(of: person.key, at: now)
        }
    }

    /// Ends sessions of somebody, one or all: `DELETE /api/admin/people/{u}/sessions`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func revokeSessions(
        of target: UserID, only session: SessionID? = nil, by actor: Actor
    ) async throws(ChatError) {
        let now = clock.now()
        try admit(actor, at: now)
        let announcer = announcer
        _ = try await store.write { store -> [SessionID] in
            try store.requireAdministrator(actor)
            guard let person = try store.anyPerson(target) else { throw ChatError.personNotFound }
            guard let session else {
                return try store.endSessions(of: person, except: nil, by: actor, at: now)
            }
            guard try store.deleteSession(session, of: person.key) else { throw ChatError.sessionNotFound }
            try store.note(
                .sessionsRevoked, by: actor, target: target.description,
                data: ["session": session.description], at: now)
            return [session]
        } committed: { (ended: [SessionID]) in
            for session in ended { announcer.announce(.sessionEnded(session)) }
        }
    }

    /// Slows down people; the console is whoever owns the machine.
    func admit(_ actor: Actor, at now: Timestamp) throws(ChatError) {
        if let user = actor.user { try actionLimiter.admit(user, at: now) }
    }
}

private struct ChangedPerson: Sendable {
    let person: AdminPerson
    let isClosed: Bool
    /// Where others see the change; nil when there is nothing to see.
    let conversations: [ConversationID]?
}

extension AccountState {
    /// What the audit log says when an account comes into this state.
    fileprivate var action: AuditAction {
        switch self {
        case .active: .reactivated
        case .banned: .banned
        case .deactivated: .deactivated
        }
    }
}

extension AccountReading {
    /// The console may do what administrators may.
    func requireAdministrator(_ actor: Actor) throws {
        if let user = actor.user { try requireAdministrator(user) }
    }
}

extension AccountReading {
    /// The key of somebody who acts; nil for the console.
    func key(of actor: Actor) throws -> UserKey? {
        guard let user = actor.user else { return nil }
        return try requirePerson(user).key
    }
}
