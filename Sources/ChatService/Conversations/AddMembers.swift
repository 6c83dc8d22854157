public import ChatDomain

extension Chat {
    /// Adds people to a room that one is in: `room.add`. Who is a member already stays one.
    ///
    /// - Throws: `not_found` for an unknown or foreign room or an unknown person; `forbidden` in a conversation that
    ///   is no room, or when the room is full; `banned` for somebody who is kept out; `archived`; `invalid` for more than `Limits.membersPerRequest` people; `rate`;
    ///   `busy`; `unavailable`.
    public nonisolated(nonsending) func addMembers(
        _ members: [UserID], to conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> ConversationSummary {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        guard members.count <= Limits.membersPerRequest else {
            throw .invalid(.members, .tooMany(maximum: Limits.membersPerRequest))
        }
        let announcer = announcer
        return try await store.write { store -> AddedMembers in
            let access = try store.permit(.addMembers, of: user, in: conversation)
            let room = access.conversation
            let added = try store.insertMembers(members, in: room.key, at: now)
            var change = MembershipChange()
            if !added.isEmpty {
                let count = room.members + added.count
                guard count <= Limits.membersPerRoom else {
                    throw ChatError.forbidden("This room has no place for so many.")
                }
                let message = try SystemMessage.added(added.map(\.account.user.name)).append(
                    by: access.person, key: access.user, to: (room.key, room.id),
                    at: max(now, room.lastSentAt),
                    in: store)
                change = try MembershipChange.reading(
                    added: added.map { ($0.key, $0.account.user.id) }, in: room.key, members: count,
                    from: store)
                change.message = message
            }
            return AddedMembers(
                summary: try store.requireSummary(of: room.key, for: access.user), change: change)
        } committed: { added in
            added.change.announceArrival(to: announcer)
        }.summary
    }
}

private struct AddedMembers: Sendable {
    let summary: ConversationSummary
    let change: MembershipChange
}
