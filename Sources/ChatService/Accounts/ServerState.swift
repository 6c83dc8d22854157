public import ChatDomain

/// What everybody may know about this server, signed in or not.
public struct ServerState: Hashable, Sendable {
    /// Whether the first account is still to be made.
    public let needsSetup: Bool
    /// Who may make an account.
    public let signup: SignupMode
    /// The name of this server.
    public let name: String
}

extension Chat {
    /// What everybody may know about this server: `GET /api/state` without `me`.
    public nonisolated(nonsending) func serverState() async throws(ChatError) -> ServerState {
        try await store.read { store in
            let settings = try store.settings()
            return ServerState(
                needsSetup: try !store.hasAccounts(), signup: settings.signup, name: settings.name)
        }
    }
}
