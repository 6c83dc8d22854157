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
        try await store.read { try $0.requireAdministrator(user) }
        return try await health()
    }

    /// How the server does, for whoever runs it.
    ///
    /// - Throws: `busy`; `unavailable`.
    public nonisolated(nonsending) func health() async throws(ChatError) -> ServerHealth {
        ServerHealth(counts: try await store.read { try $0.counts() }, activity: store.activity)
    }
}
