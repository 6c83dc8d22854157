public import ChatDomain

/// The messages that a client is missing.
public struct GapAnswer: Hashable, Sendable {
    /// Messages in rising order, from the first one asked for on.
    public let messages: [Message]
    /// The conversation's newest message.
    public let seq: MessageSeq
    /// The conversation's newest change.
    public let rev: Int64
    /// Whether there are further messages up to the end that was asked for.
    public let hasMore: Bool
    /// The hole is too large to fill: no messages are answered, and the client drops its window.
    public let isReset: Bool
}

extension Chat {
    /// The messages `from ... to` (without `to`: up to the newest), at most `limit`: `gap`.
    ///
    /// `limit` is brought into `1...Limits.gapMessages`. Messages that are no longer kept are not part of a hole.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `busy`; `unavailable`.
    public nonisolated(nonsending) func catchUpGap(
        in conversation: ConversationID, from: MessageSeq, to: MessageSeq? = nil,
        limit: Int = Limits.gapMessages,
        by user: UserID
    ) async throws(ChatError) -> GapAnswer {
        let limit = min(max(limit, 1), Limits.gapMessages)
        return try await store.read { store in
            let room = try store.permit(.read, of: user, in: conversation).conversation
            let first = max(from, room.firstSeq)
            let last = min(to ?? room.seq, room.seq)
            guard first <= last else {
                return GapAnswer(messages: [], seq: room.seq, rev: room.rev, hasMore: false, isReset: false)
            }
            let hole = Int(last.rawValue - first.rawValue) + 1
            guard hole <= Limits.gapReset else {
                return GapAnswer(messages: [], seq: room.seq, rev: room.rev, hasMore: false, isReset: true)
            }
            let messages = try store.messages(of: room, in: first...last, first: limit)
            return GapAnswer(
                messages: messages, seq: room.seq, rev: room.rev,
                hasMore: (messages.last?.seq ?? last) < last, isReset: false)
        }
    }
}
