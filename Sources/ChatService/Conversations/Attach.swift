public import ChatDomain

extension Chat {
    /// Connects a socket to the conversations of its person without a gap and without a leak.
    ///
    /// `subscribe` is called with the person's conversations on the announcing thread, between two announcements: it
    /// contains everything announced before, and everything announced later comes after it. Subscribe the socket to
    /// what these conversations get there, at once. (Reading the list first and subscribing later would let a
    /// membership end in between, and the socket would listen to a room that its person has left.)
    ///
    /// - Throws: `unauthorized` when the session has ended; `subscribe` is not called then. `busy`; `unavailable`.
    public nonisolated(nonsending) func attach(
        session: SessionID, of user: UserID, subscribe: @escaping @Sendable ([ConversationID]) -> Void
    ) async throws(ChatError) {
        let now = clock.now()
        _ = try await store.write { store in
            guard try store.isValid(session, at: now) else { throw ChatError.unauthorized }
            return try store.conversations(of: user)
        } committed: { conversations in
            subscribe(conversations)
        }
    }
}
