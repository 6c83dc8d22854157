public import ChatDomain

extension Chat {
    /// Makes a room readable only, or brings it back: `room.archive`.
    ///
    /// - Throws: `not_found` for an unknown or foreign room; `forbidden` to everybody but owners; `rate`; `busy`;
    ///   `unavailable`.
    public nonisolated(nonsending) func archiveRoom(
        _ conversation: ConversationID, _ isArchived: Bool, by user: UserID
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        _ = try await store.write { store -> RoomChange? in
            let access = try store.permit(.archive, of: user, in: conversation)
            guard access.conversation.isArchived != isArchived else { return nil }
            try store.setArchived(access.conversation.key, at: isArchived ? now : nil)
            let message = try SystemMessage.archived(isArchived).append(by: access, at: now, in: store)
            return try RoomChange.reading(by: access, messages: [message], from: store)
        } committed: { change in
            change?.announce(to: announcer)
        }
    }
}
