public import ChatDomain

extension Chat {
    /// The members of a conversation that one is in, by name: `room.members`.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `busy`; `unavailable`.
    public nonisolated(nonsending) func listMembers(
        of conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> [Member] {
        try await store.read { store in
            let access = try store.permit(.listMembers, of: user, in: conversation)
            return try store.members(of: access.conversation.key, limit: Limits.membersPerRoom)
        }
    }
}
