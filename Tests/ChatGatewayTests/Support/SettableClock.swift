internal import ChatDomain
internal import ChatService
internal import Synchronization

/// A clock that stands still until a test moves it.
final class SettableClock: ChatClock {
    static let start: Int64 = 1_700_000_000_000
    private let time = Mutex(Timestamp(milliseconds: start))

    func now() -> Timestamp { time.withLock { $0 } }

    func advance(days: Int64) {
        time.withLock { $0 = $0.advanced(byMilliseconds: days * 86_400_000) }
    }
}
