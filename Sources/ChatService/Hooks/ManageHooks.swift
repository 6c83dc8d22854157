public import ChatDomain

/// What a new webhook is to be.
public enum HookPlan: Sendable {
    /// Whoever knows the address writes into the room.
    case incoming
    /// Messages of the room are posted to an address.
    case outgoing(WebURL, HookMatch)
}

/// A new webhook with what is shown once.
public struct MadeHook: Sendable {
    /// The webhook.
    public let hook: Hook
    /// The secret in the address of an incoming webhook; the key of an outgoing one's signatures.
    public let secret: HookSecret
}

extension Chat {
    /// The webhooks of a room: `GET /api/conversations/{c}/hooks`.
    ///
    /// - Throws: `not_found` for an unknown or foreign room; `forbidden` to everybody but owners, moderators and
    ///   administrators; `busy`; `unavailable`.
    public nonisolated(nonsending) func listHooks(
        of conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> [Hook] {
        try await store.read { store in
            let access = try store.permitHooks(of: user, in: conversation)
            return try store.hooks(of: access.conversation.key).map(\.hook)
        }
    }

    /// Makes a webhook, which speaks as a bot of its own that joins the room: `POST /api/conversations/{c}/hooks`.
    ///
    /// - Throws: like ``listHooks(of:by:)``; `archived`; `forbidden` also for a room that is full or has too many
    ///   webhooks; `rate`.
    public nonisolated(nonsending) func makeHook(
        _ plan: HookPlan, name: DisplayName, in conversation: ConversationID, by actor: Actor
    ) async throws(ChatError) -> MadeHook {
        let now = clock.now()
        try admit(actor, at: now)
        guard let user = actor.user else { throw .unauthorized }
        guard let secret = HookSecret(bytes: random.bytes(SessionToken.byteCount)) else { throw .unavailable }
        let new = NewHook(id: HookID(bits: random.bits128()), plan: plan, secret: secret)
        let names = HookNames(name, random: random)
        let bot = UserID(bits: random.bits128())
        let announcer = announcer
        let made = try await store.write { store -> HookArrival in
            let access = try store.permitHooks(of: user, in: conversation)
            let room = access.conversation
            guard !room.isArchived else { throw ChatError.archived }
            guard try store.hooks(of: room.key).count < Limits.hooksPerRoom else {
                throw ChatError.forbidden("This room has too many webhooks.")
            }
            guard room.members < Limits.membersPerRoom else {
                throw ChatError.forbidden("This room is full.")
            }
            guard let username = try names.first(where: { try !store.isTaken($0) }),
                let speaker = try store.insertBot(
                    id: bot, username: username, name: name, kind: .hook, by: access.user, at: now)
            else { throw ChatError.usernameTaken }
            try store.insertHook(new, in: room.key, bot: speaker.key, by: access.user, at: now)
            try store.insertMembership(of: speaker.key, in: room.key, role: .member, at: now)
            let message = try SystemMessage.added([name.text]).append(by: access, at: now, in: store)
            var change = try MembershipChange.reading(
                added: [(speaker.key, bot)], in: room.key, members: room.members + 1, from: store)
            change.message = message
            try store.note(
                .hookMade, by: actor, target: new.id.description,
                data: ["room": conversation.description, "kind": new.kindWord], at: now)
            return HookArrival(
                hook: Hook(
                    id: new.id, direction: new.direction, bot: speaker.account.user, by: access.person,
                    createdAt: now, last: nil), change: change)
        } committed: { arrival in
            arrival.change.announceArrival(to: announcer)
        }
        return MadeHook(hook: made.hook, secret: secret)
    }

    /// Removes a webhook, its bot and what waits for it: `DELETE /api/conversations/{c}/hooks/{h}`.
    ///
    /// - Throws: like ``listHooks(of:by:)``; `rate`.
    public nonisolated(nonsending) func deleteHook(
        _ id: HookID, of conversation: ConversationID, by actor: Actor
    ) async throws(ChatError) {
        let now = clock.now()
        try admit(actor, at: now)
        guard let user = actor.user else { throw .unauthorized }
        let announcer = announcer
        _ = try await store.write { store -> HookDeparture in
            let access = try store.permitHooks(of: user, in: conversation)
            let room = access.conversation
            guard let record = try store.hooks(of: room.key).first(where: { $0.hook.id == id }) else {
                throw ChatError(code: .notFound, message: "There is no such webhook.", retryable: false)
            }
            try store.deleteHook(record.key)
            try store.setState(of: record.bot, to: .deactivated)
            try store.note(
                .hookDeleted, by: actor, target: id.description,
                data: ["room": conversation.description], at: now)
            guard try store.isMember(record.bot, of: room.key) else { return HookDeparture() }
            let message = try SystemMessage.removed(record.hook.bot.name).append(
                by: access, at: now, in: store)
            try store.deleteMembership(of: record.bot, in: room.key)
            let change = try MembershipChange.reading(
                added: [], in: room.key, members: room.members - 1, from: store)
            return HookDeparture(bot: record.hook.bot.id, message: message, changed: change.changed)
        } committed: { departure in
            guard let bot = departure.bot, let message = departure.message else { return }
            announcer.announce(.message(message))
            announcer.announce(.memberRemoved(conversation, user: bot))
            for (member, summary) in departure.changed {
                announcer.announce(.conversationChanged(summary, to: member))
            }
        }
    }
}

private struct HookArrival: Sendable {
    let hook: Hook
    let change: MembershipChange
}

private struct HookDeparture: Sendable {
    var bot: UserID?
    var message: Message?
    var changed: [(user: UserID, summary: ConversationSummary)] = []
}

extension NewHook {
    init(id: HookID, plan: HookPlan, secret: HookSecret) {
        self.id = id
        switch plan {
        case .incoming:
            let hash = Digest.of(secret)
            direction = .incoming
            (secretTag, secretHash, signingKey) = (Digest.tag(of: hash), hash, nil)
        case .outgoing(let url, let match):
            direction = .outgoing(url, match)
            (secretTag, secretHash, signingKey) = (nil, nil, Array(secret.text.utf8))
        }
    }

    var kindWord: String {
        switch direction {
        case .incoming: "in"
        case .outgoing: "out"
        }
    }
}

/// Usernames for the bot of a webhook: its name as far as that is one, then with a number, then with chance.
struct HookNames: Sendable, Sequence {
    private let names: [Username]

    init(_ name: DisplayName, random: any RandomSource) {
        let plain = name.text.lowercased().map { character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        let stem = String(plain.drop { $0 == "-" }.prefix(20))
        let trimmed = stem.count < 2 ? "hook" : stem
        let last = "\(trimmed)-\(random.bits128() % 1_000_000_000)"
        names = ([trimmed] + (2...9).map { "\(trimmed)-\($0)" } + [last]).compactMap { try? Username($0) }
    }

    func makeIterator() -> IndexingIterator<[Username]> { names.makeIterator() }
}

extension ConversationReading {
    /// The person before a room whose webhooks they may manage: an owner or moderator there, or an administrator.
    func permitHooks(of user: UserID, in conversation: ConversationID) throws -> Access {
        guard let access = try access(of: user, to: conversation) else {
            throw ChatError.conversationNotFound
        }
        if access.person.role == .admin && access.conversation.kind.isRoom { return access }
        try access.require(.manageHooks)
        return access
    }
}
