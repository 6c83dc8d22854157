public import ChatDomain

extension Chat {
    /// Deletes a room with everything in it: `DELETE /api/conversations/{c}`. Its members hear of it at once; what was in it goes in the
    /// steps of ``removeRooms()``. For owners, and for administrators who need not be in it.
    ///
    /// - Parameter name: The room's name, so that nobody deletes another room than they mean.
    /// - Throws: `not_found` for an unknown or foreign room; `forbidden` to everybody else, and for what is no room; `invalid` for
    ///   another name; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func deleteRoom(
        _ conversation: ConversationID, named name: String, by actor: Actor
    ) async throws(ChatError) {
        let now = clock.now()
        guard let user = actor.user else { throw .unauthorized }
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        _ = try await store.write { store -> [UserID] in
            guard let access = try store.access(of: user, to: conversation) else {
                throw ChatError.conversationNotFound
            }
            let room = access.conversation
            if access.person.role != .admin || !room.kind.isRoom { try access.require(.delete) }
            guard room.name == name else {
                throw ChatError(
                    code: .invalid, message: "name: the room has another one.", retryable: false)
            }
            let members = try store.members(of: room.key)
            for hook in try store.hooks(of: room.key) { try store.setState(of: hook.bot, to: .deactivated) }
            try store.removeRoom(room.key, at: now)
            try store.note(
                .roomDeleted, by: actor, target: conversation.description,
                data: ["name": name, "members": "\(members.count)"], at: now)
            return members
        } committed: { members in
            announcer.announce(.conversationRemoved(conversation, members: members))
        }
    }

    /// Removes a batch of what was in a deleted room; call it every second or so, and again soon while it says true. A restart goes on
    /// where it was.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func removeRooms() async throws(ChatError) -> Bool {
        guard let room = try await store.read({ try $0.nextRemovedRoom() }) else { return false }
        try await store.write { store in
            guard room.firstSeq <= room.seq else { return try store.deleteRoom(room.key) }
            let last = Int64(room.firstSeq.rawValue) + Int64(Self.trimBatch) - 1
            try store.deleteHistory(
                of: room.key, upTo: min(MessageSeq(exactly: last) ?? room.seq, room.seq))
        } committed: { _ in
        }
        return true
    }
}
