internal import ChatDomain

/// Somebody who comes into rooms by an invitation.
enum InviteArrival {
    /// Makes the person a member of the rooms. Left out are rooms that are full or archived, that the person is banned
    /// from, or that would be more than a person can be in.
    static func join(
        _ rooms: [InviteRecord.Room], _ person: PersonRecord, at now: Timestamp, in store: any StoreWriting
    ) throws -> (joined: [ConversationID], changes: [MembershipChange]) {
        var joined: [ConversationID] = []
        var changes: [MembershipChange] = []
        let user = person.account.user
        for room in rooms {
            guard let access = try store.access(of: user.id, to: room.id), access.membership == nil,
                access.conversation.kind.isRoom, access.conversation.members < Limits.membersPerRoom,
                try store.conversationCount(of: person.key) < Limits.conversationsPerUser,
                !access.conversation.isArchived, try !store.isBanned(person.key, from: room.key)
            else { continue }
            let role: Role = access.conversation.members == 0 ? .owner : .member
            try store.insertMembership(of: person.key, in: room.key, role: role, at: now)
            let message = try SystemMessage.joined.append(
                by: user, key: person.key, to: (room.key, room.id),
                at: max(now, access.conversation.lastSentAt), in: store)
            var change = try MembershipChange.reading(
                added: [(person.key, user.id)], in: room.key, members: access.conversation.members + 1,
                from: store)
            change.message = message
            joined.append(room.id)
            changes.append(change)
        }
        return (joined, changes)
    }
}
