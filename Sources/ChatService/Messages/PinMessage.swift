public import ChatDomain

extension Chat {
    /// Pins a message for everybody in the conversation, or unpins it: `pin`. A system message tells of a pin.
    ///
    /// - Throws: `not_found` for an unknown, foreign or deleted message; `forbidden` for mere members of a room, and for
    ///   more than `Limits.pinnedMessages`; `archived`; `cid_reused`; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func pinMessage(
        _ seq: MessageSeq, in conversation: ConversationID, isOn: Bool, mid: ChangeID, by user: UserID
    ) async throws(ChatError) -> ChangeResult {
        try await changeMessage(seq, in: conversation, mid: mid, request: "pin\0\(isOn)", by: user) { work in
            try work.access.require(.pin)
            try work.requireContent()
            let room = work.access.conversation
            if isOn, try work.store.pinCount(of: room.key) >= Limits.pinnedMessages {
                throw ChatError.forbidden(
                    "A conversation has at most \(Limits.pinnedMessages) pinned messages.")
            }
            guard try work.store.pin(isOn, seq, in: room.key, by: work.access.user, at: work.now) else {
                return
            }
            try work.record(.pin, of: seq)
            if isOn && room.kind != .notes { try work.tell(.pinned) }
        }
    }
}
