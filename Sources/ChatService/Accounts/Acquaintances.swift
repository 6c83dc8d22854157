public import ChatDomain

extension Chat {
    /// Those of the people with whom one shares a conversation, oneself too: `watch`. `isAsked`: the person asks, and
    /// may not do so too often.
    ///
    /// - Throws: `unauthorized` for somebody who does not exist; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func acquaintances(
        of user: UserID, among others: [UserID], isAsked: Bool = true
    ) async throws(ChatError) -> [Acquaintance] {
        if isAsked { try actionLimiter.admit(user, at: clock.now()) }
        return try await store.read { store in
            let me = try store.requirePerson(user)
            return try others.compactMap { try store.acquaintance($0, of: me.key) }
        }
    }

    /// Records when people were last there. In small transactions, so that nobody's message waits for it.
    ///
    /// - Throws: `busy`; `unavailable`; what was recorded until then stays recorded.
    public nonisolated(nonsending) func recordSeen(
        _ people: [(user: UserID, at: Timestamp)]
    ) async throws(ChatError) {
        var rest = people[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(200))
            rest = rest.dropFirst(200)
            try await store.write { store in
                for (user, moment) in some { try store.setSeen(user, at: moment) }
            } committed: { _ in
            }
        }
    }
}
