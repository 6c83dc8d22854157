public import ChatDomain

extension Chat {
    /// The direct conversation with `other`, made when there is none; with oneself, the notes: `dm`.
    ///
    /// - Throws: `not_found` for an unknown person; `rate`; `busy`; `unavailable`.
    public nonisolated(nonsending) func openDirect(
        with other: UserID, by user: UserID
    ) async throws(ChatError) -> ConversationSummary {
        let now = clock.now()
        try actionLimiter.admit(user, at: now)
        // The usual case, a conversation that exists, writes nothing.
        let known = try await store.read { store -> ConversationSummary? in
            let me = try store.requirePerson(user)
            guard let peer = try store.person(other) else { throw ChatError.personNotFound }
            guard let key = try store.direct(between: me.key, and: peer.key) else { return nil }
            return try store.requireSummary(of: key, for: me.key)
        }
        if let known { return known }
        let id = ConversationID(bits: random.bits128())
        let announcer = announcer
        return try await store.write { store -> OpenedDirect in
            let me = try store.requirePerson(user)
            guard let peer = try store.person(other) else { throw ChatError.personNotFound }
            if let key = try store.direct(between: me.key, and: peer.key) {
                return OpenedDirect(summary: try store.requireSummary(of: key, for: me.key), added: [])
            }
            let key = try store.insertDirect(id: id, between: me.key, and: peer.key, at: now)
            let mine = try store.requireSummary(of: key, for: me.key)
            var added = [(user, mine)]
            if peer.key != me.key {
                added.append((other, try store.requireSummary(of: key, for: peer.key)))
            }
            return OpenedDirect(summary: mine, added: added)
        } committed: { opened in
            for (member, summary) in opened.added {
                announcer.announce(.memberAdded(summary, user: member))
            }
        }.summary
    }
}

private struct OpenedDirect: Sendable {
    let summary: ConversationSummary
    let added: [(UserID, ConversationSummary)]
}
