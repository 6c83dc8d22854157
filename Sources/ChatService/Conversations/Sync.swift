public import ChatDomain

/// Where a person stands in all their conversations.
public struct SyncAnswer: Hashable, Sendable {
    /// The store's epoch: another one than the client's means that its caches are void.
    public let epoch: String
    /// Every conversation of the person.
    public let conversations: [ConversationSummary]

    /// What the person's clients must agree with.
    public var digest: StateDigest {
        var digest = StateDigest()
        for summary in conversations {
            digest.toggle(summary.id, seq: summary.seq, rev: summary.rev, read: summary.read)
        }
        return digest
    }
}

extension Chat {
    /// Every conversation of the person: `sync`.
    ///
    /// - Throws: `unauthorized` for somebody who does not exist; `busy`; `unavailable`.
    public nonisolated(nonsending) func sync(for user: UserID) async throws(ChatError) -> SyncAnswer {
        let epoch = store.epoch
        return try await store.read { store in
            let person = try store.requirePerson(user)
            return SyncAnswer(epoch: epoch, conversations: try store.summaries(of: person.key))
        }
    }

    /// What the clients of these people must agree with; who does not exist has the digest of nothing.
    ///
    /// - Throws: `busy`; `unavailable`.
    public nonisolated(nonsending) func digests(
        of users: [UserID]
    ) async throws(ChatError) -> [(user: UserID, digest: StateDigest)] {
        try await store.read { store in
            try users.map { ($0, try store.digest(of: $0)) }
        }
    }

    /// One conversation as the person sees it.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `busy`; `unavailable`.
    public nonisolated(nonsending) func conversation(
        _ conversation: ConversationID, for user: UserID
    ) async throws(ChatError) -> ConversationSummary {
        try await store.read { store in
            let access = try store.permit(.read, of: user, in: conversation)
            return try store.requireSummary(of: access.conversation.key, for: access.user)
        }
    }
}
