public import ChatDomain

extension Chat {
    /// People whose name or username contains the text, by name; oneself too. An empty text finds everybody.
    ///
    /// `limit` is brought into `1...Limits.searchResultsMaximum`.
    ///
    /// - Throws: `rate`, `busy`, `unavailable`.
    public nonisolated(nonsending) func searchPeople(
        _ text: SearchText, limit: Int = Limits.searchResults, by user: UserID
    ) async throws(ChatError) -> [User] {
        try actionLimiter.admit(user, at: clock.now())
        let limit = min(max(limit, 1), Limits.searchResultsMaximum)
        return try await store.read { try $0.people(matching: text, limit: limit) }
    }
}
