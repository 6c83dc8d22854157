import ChatDomain
import ChatService
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: ChatClock {
    private let time: Mutex<Timestamp>

    init(_ milliseconds: Int64 = 1_700_000_000_000) {
        self.time = Mutex(Timestamp(milliseconds: milliseconds))
    }

    func now() -> Timestamp {
        time.withLock { $0 }
    }

    func advance(milliseconds: Int64) {
        time.withLock { $0 = $0.advanced(byMilliseconds: milliseconds) }
    }

    func advance(hours: Int64) {
        advance(milliseconds: hours * 3_600_000)
    }

    func advance(days: Int64) {
        advance(hours: days * 24)
    }
}
