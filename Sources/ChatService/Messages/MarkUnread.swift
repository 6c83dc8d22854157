public import ChatDomain

extension Chat {
    /// Moves a person's read position by hand, so that `seq` is the first unread message: `unread`.
    ///
    /// `revision` is one more than the client's last known one (`rr`). Of moves from several devices the one with the
    /// highest revision counts; another one changes nothing and answers what is.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `invalid` for a revision that is too far ahead;
    ///   `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func markUnread(
        from seq: MessageSeq, in conversation: ConversationID, revision: Int64, by user: UserID
    ) async throws(ChatError) -> ReadPosition {
        try actionLimiter.admit(user, at: clock.now())
        let announcer = announcer
        return try await store.write { store -> MovedRead in
            let (access, membership) = try store.permitMember(.read, of: user, in: conversation)
            let room = access.conversation
            guard revision > membership.readRevision else {
                return MovedRead(
                    position: try store.readPosition(of: membership, access: access), mark: nil)
            }
            // A client that counts wildly must not lock its person's other devices out.
            guard revision - membership.readRevision <= Self.revisionStep else {
                throw ChatError.invalid(.rr, .malformed)
            }
            let target = max(min(seq.previous, room.seq), room.firstSeq.previous)
            let count = try store.readCount(at: target, access: access)
            try store.setRead(
                of: access.user, in: room.key, to: target, readCount: count, revision: revision)
            let position = ReadPosition(
                read: target, unread: Int(max(0, room.count - count)),
                mentions: try store.mentionCount(of: access.user, in: room.key, after: target),
                revision: revision)
            // Others keep what they were told: it was read.
            return MovedRead(
                position: position,
                mark: Mark(
                    conversation: room.id, user: user, read: target, delivered: nil, unread: position.unread,
                    mentions: position.mentions, readRevision: revision, isShared: false))
        } committed: { moved in
            if let mark = moved.mark { announcer.announce(.mark(mark)) }
        }.position
    }

    private static let revisionStep: Int64 = 1_000_000
}
