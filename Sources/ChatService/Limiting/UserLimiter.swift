public import ChatDomain
internal import Synchronization

/// Limits how often one person does something, in bounded memory.
public final class UserLimiter: Sendable {
    private let table: Mutex<RateTable<UserID>>

    /// A limiter that remembers at most `capacity` people at a time.
    public init(_ rate: Rate, capacity: Int = 50_000) {
        self.table = Mutex(RateTable(rate, capacity: capacity))
    }

    /// Lets the person through, or throws `rate` with the milliseconds to wait.
    public func admit(_ user: UserID, at now: Timestamp) throws(ChatError) {
        if let wait = table.withLock({ $0.take(user, at: now) }) {
            throw .rate(after: wait)
        }
    }

    /// The person may do it as often as after a long pause.
    public func forget(_ user: UserID) {
        table.withLock { $0.forget(user) }
    }
}
