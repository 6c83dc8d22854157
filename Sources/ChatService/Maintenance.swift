public import ChatDomain

/// What a round of maintenance removed.
public struct Pruned: Hashable, Sendable {
    /// Uses of a `cid` older than 30 days.
    public let sendKeys: Int
    /// Uses of a `mid` older than 30 days.
    public let changeKeys: Int
    /// Changes older than 30 days.
    public let changes: Int
    /// Sessions that had ended.
    public let sessions: Int
    /// Invitations that had expired.
    public let invites: Int
    /// Files that nobody had sent for a day.
    public let files: Int
}

extension Chat {
    /// Milliseconds for which a `cid`, a `mid` and a change are remembered.
    public static let sendKeyLifetime: Int64 = 30 * 86_400_000

    /// Removes what nobody needs any more; call it every hour or so. Works in small transactions, so that nobody's
    /// message waits for it.
    ///
    /// - Throws: `busy`, `unavailable`; what was removed until then stays removed.
    public nonisolated(nonsending) func prune() async throws(ChatError) -> Pruned {
        let now = clock.now()
        let keyHorizon = now.advanced(byMilliseconds: -Self.sendKeyLifetime)
        let inviteHorizon = now.advanced(byMilliseconds: -Self.inviteMemory)
        let sendKeys = try await pruneBatches {
            try $0.deleteSendKeys(before: keyHorizon, limit: Self.pruneBatch)
        }
        let changeKeys = try await pruneBatches {
            try $0.deleteChangeKeys(before: keyHorizon, limit: Self.pruneBatch)
        }
        let changes = try await pruneBatches {
            try $0.deleteChanges(before: keyHorizon, limit: Self.pruneBatch)
        }
        let sessions = try await removeExpiredSessions(at: now)
        let invites = try await pruneBatches {
            try $0.deleteInvites(expiredBefore: inviteHorizon, limit: Self.pruneBatch)
        }
        let previewHorizon = now.advanced(byMilliseconds: -Self.previewLifetime)
        _ = try await pruneBatches {
            try $0.deletePreviews(before: previewHorizon, limit: Self.pruneBatch)
        }
        return Pruned(
            sendKeys: sendKeys, changeKeys: changeKeys, changes: changes, sessions: sessions,
            invites: invites, files: try await pruneFiles(at: now))
    }

    /// Removes in small transactions until a batch is not full; how many.
    private nonisolated(nonsending) func pruneBatches(
        _ remove: @escaping @Sendable (any StoreWriting) throws -> Int
    ) async throws(ChatError) -> Int {
        var total = 0
        while true {
            let removed = try await store.write {
                try remove($0)
            } committed: { _ in
            }
            total += removed
            if removed < Self.pruneBatch { return total }
        }
    }

    /// Milliseconds for which an expired invitation is remembered, so that its holder is told why it does not work.
    static let inviteMemory: Int64 = 7 * 86_400_000

    /// First the rows, then what lies on disk: a file that is known is there.
    private nonisolated(nonsending) func pruneFiles(at now: Timestamp) async throws(ChatError) -> Int {
        guard let depot else { return 0 }
        let horizon = now.advanced(byMilliseconds: -Self.unusedFileLifetime)
        var count = 0
        while true {
            let removed = try await store.write {
                try $0.deleteUnusedFiles(before: horizon, limit: Self.pruneBatch)
            } committed: { (_: [FileID]) in
            }
            try await depot.remove(removed)
            count += removed.count
            if removed.count < Self.pruneBatch { return count }
        }
    }

    /// Milliseconds for which a file is kept that nobody sends.
    public static let unusedFileLifetime: Int64 = 86_400_000

    static let pruneBatch = 500
}
