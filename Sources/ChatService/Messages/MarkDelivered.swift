public import ChatDomain

extension Chat {
    /// Moves a person's delivered positions forward: `got`. Only where members share positions; elsewhere, and in
    /// foreign or unknown conversations, an entry does nothing.
    ///
    /// - Throws: `invalid` for more than `Limits.deliveredEntries` entries; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func markDelivered(
        _ entries: [(conversation: ConversationID, seq: MessageSeq)], by user: UserID
    ) async throws(ChatError) {
        try actionLimiter.admit(user, at: clock.now())
        guard entries.count <= Limits.deliveredEntries else {
            throw .invalid(.list, .tooMany(maximum: Limits.deliveredEntries))
        }
        guard !entries.isEmpty else { return }
        let announcer = announcer
        _ = try await store.write { store in
            try entries.compactMap {
                try Self.moveDelivered(to: $0.seq, in: $0.conversation, of: user, store: store)
            }
        } committed: { (marks: [Mark]) in
            for mark in marks {
                announcer.announce(.mark(mark))
            }
        }
    }

    private static func moveDelivered(
        to seq: MessageSeq, in conversation: ConversationID, of user: UserID, store: any StoreWriting
    ) throws -> Mark? {
        guard let access = try store.access(of: user, to: conversation), let membership = access.membership
        else {
            return nil
        }
        let room = access.conversation
        let target = min(seq, room.seq)
        guard target > membership.delivered,
            Permission.sharesMarks(kind: room.kind, members: room.members)
        else { return nil }
        try store.setPositions(
            of: access.user, in: room.key, read: membership.read, readCount: membership.readCount,
            delivered: target)
        return Mark(
            conversation: conversation, user: user, read: nil, delivered: target, unread: nil, isShared: true)
    }
}
