internal import ChatDomain
internal import Synchronization

/// Who a socket belongs to: the state of every socket of the chat.
struct Signed: Sendable {
    let session: SessionID
    let account: Account
    let use: SessionUse

    var user: UserID { account.user.id }
}

/// When a socket last told the store that its session is in use.
final class SessionUse: Sendable {
    private let told: Mutex<Timestamp>

    init(at now: Timestamp) { told = Mutex(now) }

    /// Whether it is to be told again; the caller that hears yes tells it.
    func isDue(at now: Timestamp, interval: Int64) -> Bool {
        told.withLock { told in
            guard now.milliseconds(since: told) >= interval else { return false }
            told = now
            return true
        }
    }
}
