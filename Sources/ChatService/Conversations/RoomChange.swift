internal import ChatDomain

/// What a change of a room itself has to announce to those who are in it.
struct RoomChange: Sendable {
    /// The conversation as the person who acted sees it.
    let mine: ConversationSummary
    private let isSmall: Bool
    /// Everybody's view, where the room is small.
    private let views: [(user: UserID, summary: ConversationSummary)]
    private let messages: [Message]

    /// Reads what the members see now. In a large room only what all of them see alike is announced: the work does not
    /// grow with the room.
    /// `concerning`: the member whose own view has changed in any case.
    static func reading(
        by access: Access, messages: [Message], concerning member: (key: UserKey, id: UserID)? = nil,
        from store: any StoreWriting
    ) throws -> RoomChange {
        let room = access.conversation
        var views: [(user: UserID, summary: ConversationSummary)] = []
        let isSmall = room.members <= Limits.membersWithMarks
        if isSmall {
            views = try store.summaries(ofMembersOf: room.key).map { ($0.user, $0.1) }
        } else if let member {
            views = [(member.id, try store.requireSummary(of: room.key, for: member.key))]
        }
        return RoomChange(
            mine: try store.requireSummary(of: room.key, for: access.user), isSmall: isSmall, views: views,
            messages: messages)
    }

    func announce(to announcer: any Announcer) {
        if !isSmall { announcer.announce(.roomChanged(RoomInfo(mine))) }
        for (user, summary) in views { announcer.announce(.conversationChanged(summary, to: user)) }
        for message in messages { announcer.announce(.message(message)) }
    }
}
