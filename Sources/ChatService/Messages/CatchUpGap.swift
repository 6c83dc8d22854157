public import ChatDomain

/// The messages that a client is missing.
public struct GapAnswer: Hashable, Sendable {
    /// Messages in rising order, from the first one asked for on.
    public let messages: [Message]
    /// Messages that changed after the change that the client knew, in the order of their newest changes.
    public let changed: [Message]
    /// The conversation's newest message.
    public let seq: MessageSeq
    /// The conversation's newest change.
    public let rev: Int64
    /// Whether there are further messages up to the end that was asked for.
    public let hasMore: Bool
    /// Whether there are further changes: ask again with the `rev` of the last one.
    public let hasMoreChanges: Bool
    /// The hole is too large to fill, or the changes in it are no longer kept: no messages are answered, and the client drops its window.
    public let isReset: Bool
    /// The oldest message that is still kept.
    public let firstSeq: MessageSeq
}

extension Chat {
    /// The messages `from ... to` (without `to`: up to the newest), at most `limit`, and with `rev` the messages that
    /// changed after that change: `gap`.
    ///
    /// `limit` is brought into `1...Limits.gapMessages`. Messages that are no longer kept are not part of a hole.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `busy`; `unavailable`.
    public nonisolated(nonsending) func catchUpGap(
        in conversation: ConversationID, from: MessageSeq, to: MessageSeq? = nil, rev: Int64? = nil,
        limit: Int = Limits.gapMessages, by user: UserID
    ) async throws(ChatError) -> GapAnswer {
        let limit = min(max(limit, 1), Limits.gapMessages)
        return try await store.read { store in
            let room = try store.permit(.read, of: user, in: conversation).conversation
            var changed: [Message] = []
            if let rev, rev < room.rev {
                guard try store.changesFloor(of: room.key) <= rev else { return .reset(room) }
                changed = try store.changedMessages(of: room, after: rev, first: Limits.gapChanges + 1)
            }
            let hasMoreChanges = changed.count > Limits.gapChanges
            changed = Array(changed.prefix(Limits.gapChanges))
            let first = max(from, room.firstSeq)
            let last = min(to ?? room.seq, room.seq)
            var messages: [Message] = []
            if first <= last {
                guard Int(last.rawValue - first.rawValue) + 1 <= Limits.gapReset else { return .reset(room) }
                messages = try store.messages(of: room, in: first...last, first: limit)
            }
            return GapAnswer(
                messages: messages, changed: changed, seq: room.seq, rev: room.rev,
                hasMore: first <= last && (messages.last?.seq ?? last) < last,
                hasMoreChanges: hasMoreChanges, isReset: false, firstSeq: room.firstSeq)
        }
    }
}

extension GapAnswer {
    fileprivate static func reset(_ room: ConversationRecord) -> GapAnswer {
        GapAnswer(
            messages: [], changed: [], seq: room.seq, rev: room.rev, hasMore: false, hasMoreChanges: false,
            isReset: true, firstSeq: room.firstSeq)
    }
}
