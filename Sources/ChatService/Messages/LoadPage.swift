public import ChatDomain

/// Which window of a conversation a page shows.
public enum PageAnchor: Hashable, Sendable {
    /// The newest messages.
    case newest
    /// The messages just before this one.
    case before(MessageSeq)
    /// The messages just after this one.
    case after(MessageSeq)
    /// This message in the middle.
    case around(MessageSeq)
}

/// A window of a conversation.
public struct PageAnswer: Hashable, Sendable {
    /// Messages in rising order.
    public let messages: [Message]
    /// Whether nothing comes before the window.
    public let isFirst: Bool
    /// Whether nothing comes after it.
    public let isLast: Bool
}

extension Chat {
    /// A window of at most `limit` messages: `page`.
    ///
    /// `limit` is brought into `1...Limits.pageMessagesMaximum`. Near an end of the conversation `around` fills up
    /// from the other side.
    ///
    /// - Throws: `not_found` for an unknown or foreign conversation; `busy`; `unavailable`.
    public nonisolated(nonsending) func loadPage(
        of conversation: ConversationID, _ anchor: PageAnchor, limit: Int = Limits.pageMessages,
        by user: UserID
    ) async throws(ChatError) -> PageAnswer {
        let limit = min(max(limit, 1), Limits.pageMessagesMaximum)
        return try await store.read { store in
            let room = try store.permit(.read, of: user, in: conversation).conversation
            // The places that exist are `low..<high`; an empty conversation has none.
            let low = Int64(room.firstSeq.rawValue)
            let high = max(low, Int64(room.seq.rawValue) + 1)
            let window = PageWindow(anchor, limit: Int64(limit), low: low, high: high)
            guard let first = MessageSeq(exactly: window.start),
                let last = MessageSeq(exactly: window.end - 1),
                first <= last
            else {
                return PageAnswer(messages: [], isFirst: window.start <= low, isLast: window.end >= high)
            }
            let messages = try store.messages(of: room, in: first...last, first: limit)
            return PageAnswer(messages: messages, isFirst: window.start <= low, isLast: window.end >= high)
        }
    }
}

/// The places `start ..< end` of a page, inside the places `low ..< high` that exist. Dense numbers make every page
/// a subtraction.
struct PageWindow: Equatable {
    let start: Int64
    let end: Int64

    init(_ anchor: PageAnchor, limit: Int64, low: Int64, high: Int64) {
        switch anchor {
        case .newest:
            end = high
            start = max(low, high - limit)
        case .before(let seq):
            end = min(max(Int64(seq.rawValue), low), high)
            start = max(low, end - limit)
        case .after(let seq):
            start = min(max(Int64(seq.rawValue) + 1, low), high)
            end = min(high, start + limit)
        case .around(let seq):
            let middle = min(max(Int64(seq.rawValue), low), high)
            let lowest = max(low, middle - limit / 2)
            end = min(high, lowest + limit)
            start = max(low, end - limit)
        }
    }
}
