internal import GRDB

/// A read that waits for a thread, with its result's type folded away.
struct QueuedRead: Sendable {
    /// Does the work in a snapshot. What it returns wakes the waiter, after the snapshot has ended.
    let perform: @Sendable (Database) throws -> @Sendable () -> Void
    /// Wakes the waiter with an error.
    let fail: @Sendable (any Error) -> Void
}
