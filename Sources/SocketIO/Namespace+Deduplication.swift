extension Namespace {
    /// Handles an event once, however often clients send it: a repetition is not handled but gets the first answer.
    ///
    /// The JavaScript client's option `retries` sends an event until it is acknowledged, also after a reconnect. What it
    /// sends is the same arguments under another ack id, nothing that tells a repetition from a new event: the
    /// application has to put an id of its own into the arguments.
    ///
    /// ```js
    /// const socket = io({ retries: 10, ackTimeout: 5000 });
    /// socket.emit("send", { id: crypto.randomUUID(), text: "hi" });
    /// ```
    /// ```swift
    /// chat.deduplicate("send", by: .field("id")) { $0.state.userID }
    /// ```
    ///
    /// A handler that throws is forgotten: the repetition runs it again. A repetition that comes while the first is
    /// being handled waits for its answer. Events that have no such key are handled as always. Middlewares are not run
    /// for a repetition.
    ///
    /// It lives in this process's memory. A client that comes back to another server, or after a restart, is found out
    /// only by a store that keeps the ids.
    ///
    /// - Parameters:
    ///   - name: The event.
    ///   - key: Where its id is.
    ///   - capacity: How many ids are remembered in each scope.
    ///   - scopes: How many scopes are remembered.
    ///   - scope: Whose ids these are, such as the user's. It must be the same after a reconnect, which a socket id is not.
    @discardableResult
    public func deduplicate(
        _ name: String, by key: DeduplicationKey, capacity: Int = 100, scopes: Int = 10_000,
        scope: @escaping @Sendable (Socket<State>) -> String
    ) -> Self {
        let memory = Deduplication(scopes: scopes, capacity: capacity)
        let rule = NamespaceCore.EventDeduplication(
            key: { socket, arguments in
                key.read(arguments).map { (scope(unsafeDowncast(socket, to: Socket<State>.self)), $0) }
            }, memory: memory)
        core.register { $0.deduplications[name] = rule }
        return self
    }
}
