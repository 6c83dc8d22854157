public import ChatDomain

extension Chat {
    /// Makes a room with its creator as owner, and perhaps first members: `room.create`.
    ///
    /// Two system messages at most tell of it ("created the room", "added ..."). `members` may name the creator.
    ///
    /// - Throws: `not_found` for an unknown member; `invalid` for more than `Limits.membersPerRequest` members;
    ///   `forbidden` for somebody in too many conversations; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func createRoom(
        name: RoomName, topic: Topic, isPublic: Bool, members: [UserID] = [], by user: UserID
    ) async throws(ChatError) -> ConversationSummary {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        guard members.count <= Limits.membersPerRequest else {
            throw .invalid(.members, .tooMany(maximum: Limits.membersPerRequest))
        }
        let id = ConversationID(bits: random.bits128())
        let kind: ConversationKind = isPublic ? .publicRoom : .privateRoom
        let announcer = announcer
        let created = try await store.write { store -> CreatedRoom in
            let owner = try store.requirePerson(user)
            try store.requireRoomForAnotherConversation(of: owner.key)
            let key = try store.insertRoom(
                id: id, kind: kind, name: name, topic: topic, owner: owner.key, at: now)
            try store.insertMembership(of: owner.key, in: key, role: .owner, at: now)
            let place = (key: key, id: id)
            var messages = [
                try SystemMessage.created.append(
                    by: owner.account.user, key: owner.key, to: place, at: now, in: store)
            ]
            let others = try store.insertMembers(members, in: key, at: now)
            if !others.isEmpty {
                messages.append(
                    try SystemMessage.added(others.map(\.account.user.name)).append(
                        by: owner.account.user, key: owner.key, to: place, at: now, in: store))
            }
            let everybody = [(owner.key, user)] + others.map { ($0.key, $0.account.user.id) }
            let change = try MembershipChange.reading(
                added: everybody, in: key, members: everybody.count, from: store)
            return CreatedRoom(
                summary: try store.requireSummary(of: key, for: owner.key), change: change, messages: messages
            )
        } committed: { created in
            created.change.announceArrival(to: announcer)
            for message in created.messages {
                announcer.announce(.message(message))
            }
        }
        return created.summary
    }
}

private struct CreatedRoom: Sendable {
    let summary: ConversationSummary
    let change: MembershipChange
    let messages: [Message]
}

extension ConversationWriting where Self: AccountReading & ConversationReading & RoomReading {
    /// Adds those of the people who are not members yet; who was added. `not_found` when one of them does not exist,
    /// `banned` when one of them is kept out.
    func insertMembers(
        _ users: [UserID], in conversation: ConversationKey, at now: Timestamp
    ) throws -> [PersonRecord] {
        var added: [PersonRecord] = []
        for user in users {
            guard let person = try person(user) else { throw ChatError.personNotFound }
            guard try !isMember(person.key, of: conversation) else { continue }
            guard try !isBanned(person.key, from: conversation) else {
                throw ChatError(
                    code: .banned, message: "\(person.account.user.name) is banned from this room.",
                    retryable: false)
            }
            try requireRoomForAnotherConversation(of: person.key)
            try insertMembership(of: person.key, in: conversation, role: .member, at: now)
            added.append(person)
        }
        return added
    }
}
