public import ChatDomain

/// A person's own read position.
public struct ReadPosition: Hashable, Sendable {
    /// Up to where the person has read.
    public let read: MessageSeq
    /// Other people's messages above it.
    public let unread: Int
    /// Messages above it that name the person, or everybody.
    public let mentions: Int
    /// How often the position was moved by hand.
    public let revision: Int64
}

extension Chat {
    /// Moves a person's read position forward; it never moves back and not beyond the newest message: `read`.
    ///
    /// What was read was also delivered. With a `revision` (`rr`) older than the last move by hand nothing moves: the
    /// device had not heard of it yet.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func markRead(
        upTo seq: MessageSeq, in conversation: ConversationID, revision: Int64? = nil, by user: UserID
    ) async throws(ChatError) -> ReadPosition {
        try actionLimiter.admit(user, at: clock.now())
        let announcer = announcer
        return try await store.write { store -> MovedRead in
            let (access, membership) = try store.permitMember(.read, of: user, in: conversation)
            let room = access.conversation
            let target = min(seq, room.seq)
            guard target > membership.read, revision.map({ $0 >= membership.readRevision }) ?? true else {
                return MovedRead(
                    position: try store.readPosition(of: membership, access: access), mark: nil)
            }
            let count =
                membership.readRevision == 0
                ? try store.count(in: room.key, upTo: target)
                : try store.readCount(at: target, access: access)
            let delivered = max(target, membership.delivered)
            try store.setPositions(
                of: access.user, in: room.key, read: target, readCount: count, delivered: delivered)
            let position = ReadPosition(
                read: target, unread: Int(max(0, room.count - count)),
                mentions: target < room.seq
                    ? try store.mentionCount(of: access.user, in: room.key, after: target) : 0,
                revision: membership.readRevision)
            return MovedRead(
                position: position,
                mark: Mark(
                    conversation: room.id, user: user, read: target,
                    delivered: delivered > membership.delivered ? delivered : nil, unread: position.unread,
                    mentions: position.mentions,
                    isShared: Permission.sharesMarks(kind: room.kind, members: room.members)))
        } committed: { moved in
            if let mark = moved.mark { announcer.announce(.mark(mark)) }
        }.position
    }
}

/// A read position, and what others hear of it when it moved.
struct MovedRead: Sendable {
    let position: ReadPosition
    let mark: Mark?
}

extension ChangeReading where Self: MessageReading {
    /// A member's read position as it is.
    func readPosition(of membership: MembershipRecord, access: Access) throws -> ReadPosition {
        let room = access.conversation
        return ReadPosition(
            read: membership.read, unread: Int(max(0, room.count - membership.readCount)),
            mentions: membership.read < room.seq
                ? try mentionCount(of: access.user, in: room.key, after: membership.read) : 0,
            revision: membership.readRevision)
    }

    /// What has to be taken from the conversation's count so that other people's messages above `read` are left. Sending
    /// moves the position, so that one's own stand above it only after it was moved back.
    func readCount(at read: MessageSeq, access: Access) throws -> Int64 {
        let room = access.conversation
        return try count(in: room.key, upTo: read) + ownCount(of: access.user, in: room.key, after: read)
    }
}
