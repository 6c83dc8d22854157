public import ChatDomain

extension Chat {
    /// Lets a member write nothing until then, or write again (a moment that is over): `room.mute`.
    ///
    /// - Throws: `not_found` for an unknown or foreign room, or somebody who is no member; `forbidden` to whoever is not
    ///   above the member; `archived`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func silence(
        _ member: UserID, in conversation: ConversationID, until moment: Timestamp, by user: UserID
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let until = moment > now ? moment : Timestamp(milliseconds: 0)
        let announcer = announcer
        _ = try await store.write { store -> ConversationSummary in
            let access = try store.permit(.silence, of: user, in: conversation)
            let target = try store.requireLower(member, than: access)
            try store.silence(target.key, in: access.conversation.key, until: until)
            return try store.requireSummary(of: access.conversation.key, for: target.key)
        } committed: { summary in
            announcer.announce(.conversationChanged(summary, to: member))
        }
    }
}
