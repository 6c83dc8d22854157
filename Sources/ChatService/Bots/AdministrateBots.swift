public import ChatDomain

extension Chat {
    /// The bots of this server, by name: `GET /api/admin/bots`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `busy`; `unavailable`.
    public nonisolated(nonsending) func listBots(by user: UserID) async throws(ChatError) -> [BotListing] {
        try await store.read { store in
            try store.requireAdministrator(user)
            return try store.bots(limit: Limits.bots)
        }
    }

    /// Makes an account for a program: `POST /api/admin/bots`. The token is not kept anywhere else.
    ///
    /// - Throws: `forbidden` to everybody but administrators, and when there are too many bots; `username_taken`; `rate`;
    ///   `busy`; `unavailable`.
    public nonisolated(nonsending) func makeBot(
        username: Username, name: DisplayName, by actor: Actor
    ) async throws(ChatError) -> (bot: BotListing, token: BotToken) {
        let now = clock.now()
        try admit(actor, at: now)
        let id = UserID(bits: random.bits128())
        let new = try NewBotToken(random)
        let bot = try await store.write { store in
            try store.requireAdministrator(actor)
            guard try store.bots(limit: Limits.bots).count < Limits.bots else {
                throw ChatError.forbidden("There are too many bots on this server.")
            }
            let maker = try actor.user.map { try store.requirePerson($0).key }
            let person = try store.insertBot(
                id: id, username: username, name: name, kind: .program, by: maker, at: now)
            guard let person else { throw ChatError.usernameTaken }
            try new.insert(for: person, from: actor.source, at: now, in: store)
            try store.note(.botMade, by: actor, target: id.description, at: now)
            return try store.requireBot(id).listing
        } committed: { _ in
        }
        return (bot, new.token)
    }

    /// Gives a bot a new token in place of the one before, whose sockets are closed: `POST /api/admin/bots/{u}/token`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func renewToken(
        of bot: UserID, by actor: Actor
    ) async throws(ChatError) -> BotToken {
        let now = clock.now()
        try admit(actor, at: now)
        let new = try NewBotToken(random)
        let announcer = announcer
        _ = try await store.write { store -> [SessionID] in
            try store.requireAdministrator(actor)
            let person = try store.requireBot(bot).person
            let ended = try store.deleteSessions(of: person.key, except: nil)
            try new.insert(for: person, from: actor.source, at: now, in: store)
            try store.note(.botToken, by: actor, target: bot.description, at: now)
            return ended
        } committed: { (ended: [SessionID]) in
            for session in ended { announcer.announce(.sessionEnded(session)) }
        }
        return new.token
    }

    /// Takes a bot's token away; its sockets are closed: `DELETE /api/admin/bots/{u}/token`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func revokeToken(
        of bot: UserID, by actor: Actor
    ) async throws(ChatError) {
        let now = clock.now()
        try admit(actor, at: now)
        let announcer = announcer
        _ = try await store.write { store -> [SessionID] in
            try store.requireAdministrator(actor)
            let person = try store.requireBot(bot).person
            let ended = try store.deleteSessions(of: person.key, except: nil)
            if !ended.isEmpty {
                try store.note(.botTokenRevoked, by: actor, target: bot.description, at: now)
            }
            return ended
        } committed: { (ended: [SessionID]) in
            for session in ended { announcer.announce(.sessionEnded(session)) }
        }
    }

    /// Changes a bot's name or state: `PATCH /api/admin/bots/{u}`. A bot whose account is closed loses its token.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func changeBot(
        _ bot: UserID, name: DisplayName?, state: AccountState?, by actor: Actor
    ) async throws(ChatError) -> BotListing {
        _ = try await store.read { store in
            try store.requireAdministrator(actor)
            return try store.requireBot(bot).listing
        }
        var change = PersonChange()
        change.name = name
        change.state = state
        _ = try await changePerson(bot, change, by: actor)
        return try await store.read { try $0.requireBot(bot).listing }
    }
}

/// A token that is about to be stored.
private struct NewBotToken: Sendable {
    /// The end of the year 9999: a bot's token has no end.
    private static let end = Timestamp(milliseconds: 253_402_300_799_000)

    let session: SessionID
    let token: BotToken

    /// `unavailable` when the random source does not deliver.
    init(_ random: any RandomSource) throws(ChatError) {
        guard let token = BotToken(bytes: random.bytes(SessionToken.byteCount)) else { throw .unavailable }
        self.token = token
        self.session = SessionID(bits: random.bits128())
    }

    func insert(
        for bot: PersonRecord, from source: RequestSource, at now: Timestamp, in store: any StoreWriting
    ) throws {
        try store.insertSession(
            id: session, tokenHash: Digest.of(token), user: bot.key, from: source, createdAt: now,
            expiresAt: Self.end)
    }
}

extension BotReading where Self: PeopleReading {
    /// A bot with tokens, in any state; `not_found` for everybody else.
    func requireBot(_ id: UserID) throws -> (person: PersonRecord, listing: BotListing) {
        guard let person = try anyPerson(id), let listing = try bot(person.key) else {
            throw ChatError(code: .notFound, message: "There is no such bot.", retryable: false)
        }
        return (person, listing)
    }
}
