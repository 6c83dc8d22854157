public import ChatDomain

extension Chat {
    /// Removes messages that are older than an administrator wants them to be kept, a batch of each of some conversations; call it
    /// now and then, and again soon while it says true. Members hear of it when a conversation is done.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: `busy`, `unavailable`; what was removed until then stays removed.
    public nonisolated(nonsending) func trimHistory() async throws(ChatError) -> Bool {
        let now = clock.now()
        // Looked for outside of the transactions: others write meanwhile.
        let (days, found) = try await store.read { store -> (Int?, [ExpiredHistory]) in
            guard let days = try store.settings().retentionDays else { return (nil, []) }
            let horizon = now.advanced(byMilliseconds: -Int64(days) * 86_400_000)
            return (
                days,
                try store.expiredHistory(
                    before: horizon, limit: Self.trimmedConversations, batch: Self.trimBatch)
            )
        }
        let announcer = announcer
        for expired in found {
            _ = try await store.write { store -> HistoryTrim? in
                // It was decided otherwise meanwhile.
                guard try store.settings().retentionDays == days,
                    let room = try store.conversation(expired.conversation), room.firstSeq == expired.first
                else { return nil }
                try store.deleteHistory(of: room.key, upTo: expired.last)
                guard expired.isWhole else { return nil }
                return HistoryTrim(
                    conversation: room.id, rev: try store.nextRev(of: room.key), firstSeq: expired.last.next)
            } committed: { trim in
                if let trim { announcer.announce(.trimmed(trim)) }
            }
        }
        return !found.isEmpty
    }

    private static let trimmedConversations = 16
    /// Messages of one transaction: a few milliseconds of the writer's time.
    static let trimBatch = 100
}
