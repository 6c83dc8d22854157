public import ChatDomain

extension Chat {
    /// Becomes a member of a public room: `room.join`. Who is a member already just gets the summary.
    ///
    /// - Throws: `not_found` for everything that the person cannot find in the list of rooms; `banned`; `archived`;
    ///   `forbidden` for a full room or somebody in too many conversations; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func joinRoom(
        _ conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> ConversationSummary {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        return try await store.write { store -> JoinedRoom in
            let access = try store.permit(.join, of: user, in: conversation)
            let room = access.conversation
            guard access.membership == nil else {
                return JoinedRoom(
                    summary: try store.requireSummary(of: room.key, for: access.user),
                    change: MembershipChange())
            }
            guard try !store.isBanned(access.user, from: room.key) else { throw ChatError.banned }
            guard room.members < Limits.membersPerRoom else {
                throw ChatError.forbidden("This room is full.")
            }
            try store.requireRoomForAnotherConversation(of: access.user)
            // Whoever comes into an empty room owns it.
            let role: Role = room.members == 0 ? .owner : .member
            try store.insertMembership(of: access.user, in: room.key, role: role, at: now)
            let message = try SystemMessage.joined.append(
                by: access.person, key: access.user, to: (room.key, room.id), at: max(now, room.lastSentAt),
                in: store)
            var change = try MembershipChange.reading(
                added: [(access.user, user)], in: room.key, members: room.members + 1, from: store)
            change.message = message
            return JoinedRoom(
                summary: try store.requireSummary(of: room.key, for: access.user), change: change)
        } committed: { joined in
            joined.change.announceArrival(to: announcer)
        }.summary
    }
}

private struct JoinedRoom: Sendable {
    let summary: ConversationSummary
    let change: MembershipChange
}
