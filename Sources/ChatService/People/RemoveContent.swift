public import ChatDomain

extension Chat {
    /// Deletes a batch of what a person wrote whose content an administrator wants to be removed; call it every second or so, and
    /// again at once while it says true. Each message goes as if it had been deleted by hand, and everybody hears of it. A restart goes on
    /// where it was.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func removeContent() async throws(ChatError) -> Bool {
        // Messages are looked for outside of the transaction: others write meanwhile.
        guard let removal = try await store.read({ try $0.nextRemoval(limit: Self.removalBatch) }) else {
            return false
        }
        let clock = clock
        let announcer = announcer
        _ = try await store.write { store -> [MessageChange] in
            guard let last = removal.items.last else {
                try store.deleteRemoval(of: removal.person)
                return []
            }
            var changes: [MessageChange] = []
            for item in removal.items {
                guard let room = try store.access(of: removal.id, to: item.conversation)?.conversation,
                    let message = try store.message(item.seq, of: room), !message.isDeleted
                else { continue }
                let now = max(clock.now(), room.lastSentAt)
                try store.tombstone(item.seq, in: room.key, by: removal.by)
                changes.append(try store.recordChange(.deletion, of: item.seq, in: room, at: now))
                guard let quote = message.quote else { continue }
                try store.countReply(to: quote.seq, from: item.seq, in: room.key, by: -1)
                if !quote.isDeleted {
                    changes.append(try store.recordChange(.reply, of: quote.seq, in: room, at: now))
                }
            }
            try store.setRemoval(of: removal.person, after: last.key, last.seq)
            return changes
        } committed: { changes in
            for change in changes { announcer.announce(.changed(change)) }
        }
        return true
    }

    private static let removalBatch = 50
}
