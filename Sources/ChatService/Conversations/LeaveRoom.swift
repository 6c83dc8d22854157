public import ChatDomain

extension Chat {
    /// Stops being a member of a room or group: `room.leave`. When the last owner leaves, the moderator who has been
    /// there longest inherits the room, or else the member. A group that somebody left is no longer the one that its
    /// people open.
    ///
    /// The leaver still gets the message that tells of it, and nothing after it.
    ///
    /// - Throws: `not_found` for an unknown or foreign room; `forbidden` in a direct conversation or notes;
    ///   `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func leaveRoom(
        _ conversation: ConversationID, by user: UserID
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        _ = try await store.write { store -> LeftRoom in
            let (access, membership) = try store.permitMember(.leave, of: user, in: conversation)
            let room = access.conversation
            let message = try SystemMessage.left.append(
                by: access.person, key: access.user, to: (room.key, room.id), at: max(now, room.lastSentAt),
                in: store)
            try store.deleteMembership(of: access.user, in: room.key)
            if room.kind == .group {
                try store.releaseGroup(room.key)
            } else if membership.role == .owner, try store.ownerCount(of: room.key) == 0,
                let heir = try store.heir(of: room.key)
            {
                try store.setRole(of: heir, in: room.key, to: .owner)
            }
            let change = try MembershipChange.reading(
                added: [], in: room.key, members: room.members - 1, from: store)
            return LeftRoom(message: message, changed: change.changed)
        } committed: { left in
            announcer.announce(.message(left.message))
            announcer.announce(.memberRemoved(conversation, user: user))
            for (member, summary) in left.changed {
                announcer.announce(.conversationChanged(summary, to: member))
            }
        }
    }
}

private struct LeftRoom: Sendable {
    let message: Message
    let changed: [(user: UserID, summary: ConversationSummary)]
}
