public import ChatDomain

/// A person's own read position.
public struct ReadPosition: Hashable, Sendable {
    /// Up to where the person has read.
    public let read: MessageSeq
    /// Other people's messages above it.
    public let unread: Int
}

extension Chat {
    /// Moves a person's read position forward; it never moves back and not beyond the newest message: `read`.
    ///
    /// What was read was also delivered.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func markRead(
        upTo seq: MessageSeq, in conversation: ConversationID, by user: UserID
    ) async throws(ChatError) -> ReadPosition {
        try actionLimiter.admit(user, at: clock.now())
        let announcer = announcer
        return try await store.write { store -> MovedRead in
            let (access, membership) = try store.permitMember(.read, of: user, in: conversation)
            let room = access.conversation
            let target = min(seq, room.seq)
            guard target > membership.read else {
                return MovedRead(
                    position: ReadPosition(
                        read: membership.read, unread: Int(max(0, room.count - membership.readCount))),
                    mark: nil)
            }
            let count = try store.count(in: room.key, upTo: target)
            let delivered = max(target, membership.delivered)
            try store.setPositions(
                of: access.user, in: room.key, read: target, readCount: count, delivered: delivered)
            let position = ReadPosition(read: target, unread: Int(max(0, room.count - count)))
            return MovedRead(
                position: position,
                mark: Mark(
                    conversation: room.id, user: user, read: target,
                    delivered: delivered > membership.delivered ? delivered : nil, unread: position.unread,
                    isShared: Permission.sharesMarks(kind: room.kind, members: room.members)))
        } committed: { moved in
            if let mark = moved.mark { announcer.announce(.mark(mark)) }
        }.position
    }
}

private struct MovedRead: Sendable {
    let position: ReadPosition
    let mark: Mark?
}
