public import ChatDomain

extension Chat {
    /// Makes a member an owner, a moderator or a member: `room.role`.
    ///
    /// - Throws: `not_found` for an unknown or foreign room, or somebody who is no member; `forbidden` to everybody but
    ///   owners, and when the room would have no owner left; `archived`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func changeRole(
        of member: UserID, in conversation: ConversationID, to role: Role, by user: UserID
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        _ = try await store.write { store -> RoomChange? in
            let access = try store.permit(.setRole, of: user, in: conversation)
            let room = access.conversation
            let target = try store.requireMember(member, of: room.key)
            guard target.membership.role != role else { return nil }
            if target.membership.role == .owner, try store.ownerCount(of: room.key) < 2 {
                throw ChatError.forbidden("A room needs an owner: make somebody else one first.")
            }
            try store.setRole(of: target.key, in: room.key, to: role)
            let message = try SystemMessage.role(target.person.name, role).append(
                by: access, at: now, in: store)
            return try RoomChange.reading(
                by: access, messages: [message], concerning: (target.key, member), from: store)
        } committed: { change in
            change?.announce(to: announcer)
        }
    }
}

/// A member on whom somebody acts.
struct TargetMember {
    let key: UserKey
    let person: User
    let membership: MembershipRecord
}

extension RoomReading where Self: AccountReading {
    /// The member; `not_found` for somebody who is none.
    func requireMember(_ user: UserID, of conversation: ConversationKey) throws -> TargetMember {
        guard let person = try person(user), let membership = try membership(of: person.key, in: conversation)
        else { throw ChatError.personNotFound }
        return TargetMember(key: person.key, person: person.account.user, membership: membership)
    }

    /// The member, when the person of `access` is above them; `not_found` or `forbidden` otherwise.
    func requireLower(_ user: UserID, than access: Access) throws -> TargetMember {
        let target = try requireMember(user, of: access.conversation.key)
        guard let mine = access.membership, mine.role.outranks(target.membership.role) else {
            throw ChatError.forbidden("You can do that to people below you only.")
        }
        return target
    }
}
