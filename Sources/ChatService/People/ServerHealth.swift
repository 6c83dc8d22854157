public import ChatDomain

/// What administrators see of the server's well-being, as far as the chat knows it.
public struct ServerHealth: Hashable, Sendable {
    /// How much there is.
    public let counts: StoreCounts
    /// What was written since the start, and what waits.
    public let activity: WriteActivity
}

extension Chat {
    /// How the server does: `GET /api/admin/health`.
    ///
    /// - Throws: `forbidden` to everybody but administrators; `busy`; `unavailable`.
    public nonisolated(nonsending) func health(by user: UserID) async throws(ChatError) -> ServerHealth {
        let counts = try await store.read { store in
            try store.requireAdministrator(user)
            return try store.counts()
        }
        return ServerHealth(counts: counts, activity: store.activity)
    }
}
