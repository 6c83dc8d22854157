public import ChatDomain

/// A page of a conversation's members.
public struct MembersAnswer: Hashable, Sendable {
    /// Members, by name.
    public let members: [Member]
    /// After whom the next page begins; `nil` when there is none.
    public let next: UserID?
}

extension Chat {
    /// The members of a conversation that one is in, by name: `room.members`.
    ///
    /// `limit` is brought into `1...Limits.memberPageMaximum`. `after` is the `next` of the page before; when this
    /// person has left meanwhile, the list goes on where they stood.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func listMembers(
        of conversation: ConversationID, matching text: SearchText = .everything, role: Role? = nil,
        after: UserID? = nil, limit: Int = Limits.memberPage, by user: UserID
    ) async throws(ChatError) -> MembersAnswer {
        try actionLimiter.admit(user, at: clock.now())
        let limit = min(max(limit, 1), Limits.memberPageMaximum)
        return try await store.read { store in
            let access = try store.permit(.listMembers, of: user, in: conversation)
            let members = try store.members(
                of: access.conversation.key, matching: text, role: role, after: after, limit: limit + 1)
            let hasMore = members.count > limit
            let page = Array(members.prefix(limit))
            return MembersAnswer(members: page, next: hasMore ? page.last?.user.id : nil)
        }
    }
}
