public import ChatDomain

/// What everybody may know about this server, signed in or not.
public struct ServerState: Hashable, Sendable {
    /// Whether the first account is still to be made.
    public let needsSetup: Bool
    /// The name, who may make an account, and what clients must know before they ask.
    public let settings: ServerSettings
}

extension Chat {
    /// What everybody may know about this server: `GET /api/state` without `me`.
    public nonisolated(nonsending) func serverState() async throws(ChatError) -> ServerState {
        try await store.read { store in
            ServerState(needsSetup: try !store.hasAccounts(), settings: try store.settings())
        }
    }
}
