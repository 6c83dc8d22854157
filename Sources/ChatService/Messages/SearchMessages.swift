public import ChatDomain

/// A message that fits a search.
public struct SearchHit: Hashable, Sendable {
    /// Its number in the list of all hits: later messages have higher ones.
    public let number: Int64
    /// The message.
    public let message: Message
    /// Where the words stand in its body: offsets and lengths in UTF-16 units, in order.
    public let marks: [SearchMark]
}

/// A part of a body, in UTF-16 units.
public struct SearchMark: Hashable, Sendable {
    /// Where it begins.
    public let start: Int
    /// How long it is.
    public let length: Int
}

/// What a search found.
public struct SearchAnswer: Hashable, Sendable {
    /// The newest first.
    public let hits: [SearchHit]
    /// What to ask for next; nil when there is nothing more.
    public let next: Int64?
    /// How many messages are not in the index yet, counted up to ten thousand: many only after an upgrade.
    public let missing: Int
}

extension Chat {
    /// Messages that fit, out of the conversations that the person is in now: `search`. Deleted ones are never among them; what
    /// was sent or edited a moment ago may not be there yet.
    ///
    /// - Parameter offset: what is added to a time in UTC to get the person's, in minutes, for filters by day.
    /// - Throws: `unauthorized` for somebody who does not exist; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func searchMessages(
        _ query: MessageQuery, before end: Int64? = nil, limit: Int = Limits.searchHits, offset: Int = 0,
        by user: UserID
    ) async throws(ChatError) -> SearchAnswer {
        try actionLimiter.admit(user, at: clock.now())
        let limit = min(max(limit, 1), Limits.searchHitsMaximum)
        let offset = Int64(min(max(offset, -1_440), 1_440)) * 60_000
        return try await store.read { store in
            let person = try store.requirePerson(user)
            let found = try store.messages(
                matching: query, for: person.key, offset: offset, before: end, limit: limit + 1)
            let marker = SearchMarker(query.terms)
            return SearchAnswer(
                hits: found.prefix(limit).map {
                    SearchHit(
                        number: $0.number, message: $0.message, marks: marker.marks(in: $0.message.body))
                },
                next: found.count > limit ? found.prefix(limit).last?.number : nil,
                missing: try store.unindexedCount(limit: Self.mostMissing))
        }
    }

    /// Puts a batch of what was written since into the index of words; call it every second or so, and again at once while it says
    /// true. Works in one small transaction, so that nobody's message waits for it.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func indexMessages() async throws(ChatError) -> Bool {
        guard try await store.read({ try $0.unindexedCount(limit: 1) }) > 0 else { return false }
        return try await store.write {
            try $0.indexMessages(limit: Self.indexBatch)
        } committed: { _ in
        } > 0
    }

    private static let indexBatch = 200
    private static let mostMissing = 10_000
}
