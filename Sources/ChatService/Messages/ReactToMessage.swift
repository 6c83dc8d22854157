public import ChatDomain

extension Chat {
    /// Reacts to a message with an emoji, or takes that back: `react`.
    ///
    /// - Throws: `not_found` for an unknown, foreign or deleted message; `forbidden` for more than
    ///   `Limits.reactionKinds` different emoji; `archived`; `silenced`; `cid_reused`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func reactToMessage(
        _ seq: MessageSeq, in conversation: ConversationID, emoji: Emoji, isOn: Bool, mid: ChangeID,
        by user: UserID
    ) async throws(ChatError) -> ChangeResult {
        try await changeMessage(
            seq, in: conversation, mid: mid, request: "react\0\(isOn)\0\(emoji.text)", by: user
        ) { work in
            try work.access.require(.react)
            try work.access.requireVoice(at: work.now)
            try work.requireContent()
            let room = work.access.conversation.key
            if isOn,
                try work.store.reactionKinds(of: seq, in: room, except: emoji) >= Limits.reactionKinds
            {
                throw ChatError.forbidden("A message has at most \(Limits.reactionKinds) different emoji.")
            }
            if try work.store.react(emoji, isOn, to: seq, in: room, by: work.access.user) {
                try work.record(.react, of: seq)
            }
        }
    }
}
