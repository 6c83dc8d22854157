public import ChatDomain

extension Chat {
    /// Public rooms whose name or topic contains the text, by name: `room.list`. Archived ones are listed apart.
    ///
    /// `limit` is brought into `1...Limits.searchResultsMaximum`.
    ///
    /// - Throws: `rate`, `busy`, `unavailable`.
    public nonisolated(nonsending) func listRooms(
        _ text: SearchText = .everything, archived: Bool = false, limit: Int = Limits.searchResultsMaximum,
        by user: UserID
    ) async throws(ChatError) -> [RoomListing] {
        try actionLimiter.admit(user, at: clock.now())
        let limit = min(max(limit, 1), Limits.searchResultsMaximum)
        return try await store.read {
            try $0.rooms(matching: text, archived: archived, for: user, limit: limit)
        }
    }
}
