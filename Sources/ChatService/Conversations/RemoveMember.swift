public import ChatDomain

extension Chat {
    /// Removes a member from a room: `room.kick`. They may come again.
    ///
    /// - Throws: `not_found` for an unknown or foreign room, or somebody who is no member; `forbidden` to whoever is not
    ///   above the member; `archived`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func removeMember(
        _ member: UserID, from conversation: ConversationID, by user: UserID
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        _ = try await store.write { store -> RemovedMember in
            let access = try store.permit(.kick, of: user, in: conversation)
            let target = try store.requireLower(member, than: access)
            return try RemovedMember.removing(
                target, by: access, telling: .removed(target.person.name), at: now, in: store)
        } committed: { removed in
            removed.announce(to: announcer)
        }
    }

    /// Keeps somebody out of a room, whether they are a member or not: `room.ban`. A member is removed.
    ///
    /// - Throws: `not_found` for an unknown or foreign room or an unknown person; `forbidden` to whoever is not above the
    ///   person, and when too many are banned; `archived`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func ban(
        _ person: UserID, from conversation: ConversationID, reason: BanReason, by user: UserID
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        _ = try await store.write { store -> RemovedMember? in
            let access = try store.permit(.ban, of: user, in: conversation)
            let room = access.conversation
            guard person != user else {
                throw ChatError.forbidden("You can do that to people below you only.")
            }
            guard let record = try store.person(person) else { throw ChatError.personNotFound }
            guard try store.bans(from: room.key, limit: Limits.bansPerRoom).count < Limits.bansPerRoom else {
                throw ChatError.forbidden("Too many people are banned from this room.")
            }
            try store.insertBan(
                of: record.key, from: room.key, by: access.user, reason: reason, at: now)
            guard try store.membership(of: record.key, in: room.key) != nil else { return nil }
            let target = try store.requireLower(person, than: access)
            return try RemovedMember.removing(
                target, by: access, telling: .banned(target.person.name), at: now, in: store)
        } committed: { removed in
            removed?.announce(to: announcer)
        }
    }

    /// Lets somebody into a room again: `room.ban` with `on: false`. They are no member by that.
    ///
    /// - Throws: like ``ban(_:from:reason:by:)``; who is not banned is no error.
    public nonisolated(nonsending) func unban(
        _ person: UserID, from conversation: ConversationID, by user: UserID
    ) async throws(ChatError) {
        try actionLimiter.admit(user, at: clock.now())
        _ = try await store.write { store -> Bool in
            let access = try store.permit(.ban, of: user, in: conversation)
            guard let record = try store.person(person) else { throw ChatError.personNotFound }
            return try store.deleteBan(of: record.key, from: access.conversation.key)
        } committed: { _ in
        }
    }

    /// Who is kept out of a room, the newest ban first: `room.bans`.
    ///
    /// - Throws: `not_found` for an unknown or foreign room; `forbidden` to members; `busy`; `unavailable`.
    public nonisolated(nonsending) func listBans(
        from conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> [Ban] {
        try await store.read { store in
            let access = try store.permit(.listBans, of: user, in: conversation)
            return try store.bans(from: access.conversation.key, limit: Limits.bansPerRoom)
        }
    }
}

/// A member who is gone, and what the others hear of it.
private struct RemovedMember: Sendable {
    let conversation: ConversationID
    let user: UserID
    let change: MembershipChange

    static func removing(
        _ target: TargetMember, by access: Access, telling message: SystemMessage, at now: Timestamp,
        in store: any StoreWriting
    ) throws -> RemovedMember {
        let room = access.conversation
        try store.deleteMembership(of: target.key, in: room.key)
        let message = try message.append(by: access, at: now, in: store)
        var change = try MembershipChange.reading(
            added: [], in: room.key, members: room.members - 1, from: store)
        change.message = message
        return RemovedMember(conversation: room.id, user: target.person.id, change: change)
    }

    /// The member's sockets leave before anything else is said: nothing that comes after reaches them.
    func announce(to announcer: any Announcer) {
        announcer.announce(.memberRemoved(conversation, user: user))
        change.announceArrival(to: announcer)
    }
}
