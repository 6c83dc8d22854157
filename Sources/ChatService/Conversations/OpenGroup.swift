public import ChatDomain

extension Chat {
    /// The group of oneself and these people, made when there is none: `group`. The order does not matter.
    ///
    /// - Throws: `invalid` for fewer than two or more than 49 others; `not_found` for an unknown person; `forbidden` for
    ///   somebody in too many conversations; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func openGroup(
        with others: [UserID], by user: UserID
    ) async throws(ChatError) -> ConversationSummary {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let others = Set(others).subtracting([user])
        guard Limits.groupMembers.contains(others.count) else {
            throw .invalid(.members, .outOfRange(Limits.groupMembers))
        }
        let id = ConversationID(bits: random.bits128())
        let announcer = announcer
        return try await store.write { store -> OpenedGroup in
            let me = try store.requirePerson(user)
            var members = [me]
            for other in others {
                guard let person = try store.person(other) else { throw ChatError.personNotFound }
                members.append(person)
            }
            if let key = try store.group(of: members.map(\.key)) {
                return OpenedGroup(summary: try store.requireSummary(of: key, for: me.key), added: [])
            }
            for member in members { try store.requireRoomForAnotherConversation(of: member.key) }
            let key = try store.insertGroup(id: id, members: members.map(\.key), by: me.key, at: now)
            return OpenedGroup(
                summary: try store.requireSummary(of: key, for: me.key),
                added: try store.summaries(ofMembersOf: key))
        } committed: { opened in
            for (member, summary) in opened.added {
                announcer.announce(.memberAdded(summary, user: member))
            }
        }.summary
    }
}

private struct OpenedGroup: Sendable {
    let summary: ConversationSummary
    let added: [(user: UserID, ConversationSummary)]
}
