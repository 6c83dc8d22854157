internal import ChatDomain

/// A write that waits for its turn, with its result's type folded away.
struct QueuedWrite: Sendable {
    /// When it began to wait.
    let queuedAt = ContinuousClock.now
    /// Does the work in the transaction. What it returns is called after the commit, in commit order: it announces,
    /// then wakes the waiter.
    let perform: @Sendable (Transaction) throws -> @Sendable () -> Void
    /// Wakes the waiter with an error; nothing of the write is kept.
    let fail: @Sendable (ChatError) -> Void
}
