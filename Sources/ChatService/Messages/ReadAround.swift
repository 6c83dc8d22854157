public import ChatDomain

/// Replies to a message.
public struct ThreadAnswer: Hashable, Sendable {
    /// What they reply to.
    public let root: Message
    /// Replies in rising order.
    public let messages: [Message]
    /// Whether nothing comes before them.
    public let isFirst: Bool
}

/// Messages that name a person.
public struct MentionsAnswer: Hashable, Sendable {
    /// The newest first.
    public let messages: [Message]
    /// What to ask for next; nil when there is nothing more.
    public let next: Int64?
}

extension Chat {
    /// Every body that a message had, the present one last: `versions`. None for a deleted message.
    ///
    /// - Throws: `not_found` for an unknown or foreign message; `busy`; `unavailable`.
    public nonisolated(nonsending) func versions(
        of seq: MessageSeq, in conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> [MessageVersion] {
        try await store.read { store in
            let room = try store.permit(.read, of: user, in: conversation).conversation
            guard try store.message(seq, of: room) != nil else { throw ChatError.messageNotFound }
            return try store.versions(of: seq, in: room.key)
        }
    }

    /// The replies to a message, the last `limit` of those before `end`: `thread`. Deleted replies are left out.
    ///
    /// - Throws: `not_found` for an unknown or foreign message; `busy`; `unavailable`.
    public nonisolated(nonsending) func thread(
        of seq: MessageSeq, in conversation: ConversationID, before end: MessageSeq? = nil,
        limit: Int = Limits.pageMessages, by user: UserID
    ) async throws(ChatError) -> ThreadAnswer {
        let limit = min(max(limit, 1), Limits.pageMessagesMaximum)
        return try await store.read { store in
            let room = try store.permit(.read, of: user, in: conversation).conversation
            guard let root = try store.message(seq, of: room) else { throw ChatError.messageNotFound }
            let found = try store.replies(to: seq, of: room, before: end, last: limit + 1)
            return ThreadAnswer(
                root: root, messages: Array(found.suffix(limit)), isFirst: found.count <= limit)
        }
    }

    /// The pinned messages of a conversation, the one pinned last first: `pins`.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `busy`; `unavailable`.
    public nonisolated(nonsending) func pins(
        of conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> [Message] {
        try await store.read { store in
            let room = try store.permit(.read, of: user, in: conversation).conversation
            return try store.pins(of: room.key, limit: Limits.pinnedMessages)
        }
    }

    /// The messages that name the person, or everybody where the person is, the newest first: `mentions`.
    ///
    /// - Throws: `unauthorized` for somebody who does not exist; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func mentions(
        before end: Int64? = nil, limit: Int = Limits.pageMessages, by user: UserID
    ) async throws(ChatError) -> MentionsAnswer {
        try actionLimiter.admit(user, at: clock.now())
        let limit = min(max(limit, 1), Limits.pageMessagesMaximum)
        return try await store.read { store in
            let person = try store.requirePerson(user)
            let found = try store.mentions(of: person.key, before: end, limit: limit + 1)
            return MentionsAnswer(
                messages: found.prefix(limit).map(\.message),
                next: found.count > limit ? found.prefix(limit).last?.number : nil)
        }
    }
}
