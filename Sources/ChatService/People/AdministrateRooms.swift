public import ChatDomain

extension Chat {
    /// Public and private rooms, by name: `GET /api/admin/rooms`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `busy`; `unavailable`.
    public nonisolated(nonsending) func listRooms(
        _ text: SearchText, after: ConversationID?, limit: Int, forAdministrator user: UserID
    ) async throws(ChatError) -> [AdminRoom] {
        let limit = min(max(limit, 1), Limits.searchResultsMaximum)
        return try await store.read { store in
            try store.requireAdministrator(user)
            return try store.adminRooms(matching: text, after: after, limit: limit)
        }
    }

    /// Makes a room readable only, or brings it back, for an administrator who need not be in it:
    /// `POST /api/admin/rooms/{c}/archive`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `not_found` for what is no room; `rate`; `busy`;
    ///   `unavailable`.
    public nonisolated(nonsending) func archiveRoom(
        _ conversation: ConversationID, _ isArchived: Bool, forAdministrator user: UserID,
        from source: RequestSource
    ) async throws(ChatError) {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        let announcer = announcer
        _ = try await store.write { store -> ArchivedByAdministrator? in
            try store.requireAdministrator(user)
            guard let access = try store.access(of: user, to: conversation), access.conversation.kind.isRoom
            else { throw ChatError.conversationNotFound }
            let room = access.conversation
            guard room.isArchived != isArchived else { return nil }
            try store.setArchived(room.key, at: isArchived ? now : nil)
            let message = try SystemMessage.archived(isArchived).append(by: access, at: now, in: store)
            try store.note(
                .roomArchived, by: user, from: source, target: conversation.description,
                data: ["on": "\(isArchived)"], at: now)
            if room.members <= Limits.membersWithMarks {
                let views = try store.summaries(ofMembersOf: room.key).map { ($0.user, $0.1) }
                return ArchivedByAdministrator(message: message, views: views, info: nil)
            }
            let anyView = try store.heir(of: room.key).map { try store.requireSummary(of: room.key, for: $0) }
            return ArchivedByAdministrator(message: message, views: [], info: anyView.map { RoomInfo($0) })
        } committed: { change in
            change?.announce(to: announcer)
        }
    }
}

private struct ArchivedByAdministrator: Sendable {
    let message: Message
    /// Everybody's view, where the room is small.
    let views: [(user: UserID, summary: ConversationSummary)]
    /// What all see alike, where it is large.
    let info: RoomInfo?

    func announce(to announcer: any Announcer) {
        if let info { announcer.announce(.roomChanged(info)) }
        for (user, summary) in views { announcer.announce(.conversationChanged(summary, to: user)) }
        announcer.announce(.message(message))
    }
}
