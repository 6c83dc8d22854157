public import ChatDomain

extension Chat {
    /// Arranges a conversation for oneself: `notify`, `conv.pin`, `conv.hide`. One's other devices hear of it.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `forbidden` for one pinned conversation too many;
    ///   `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func arrange(
        _ conversation: ConversationID, by user: UserID,
        _ change: @escaping @Sendable (inout Arrangement) -> Void
    ) async throws(ChatError) {
        try actionLimiter.admit(user, at: clock.now())
        let announcer = announcer
        _ = try await store.write { store -> ConversationSummary? in
            let access = try store.permit(.arrange, of: user, in: conversation)
            let before = try store.requireSummary(of: access.conversation.key, for: access.user)
            var arrangement = before.arrangement
            change(&arrangement)
            guard arrangement != before.arrangement else { return nil }
            if arrangement.isPinned, !before.arrangement.isPinned {
                guard try store.pinnedCount(of: access.user) < Limits.pinnedConversations else {
                    throw ChatError.forbidden(
                        "Nobody can pin more than \(Limits.pinnedConversations) conversations.")
                }
            }
            try store.arrange(access.conversation.key, for: access.user, as: arrangement)
            return try store.requireSummary(of: access.conversation.key, for: access.user)
        } committed: { summary in
            if let summary { announcer.announce(.conversationChanged(summary, to: user)) }
        }
    }
}
