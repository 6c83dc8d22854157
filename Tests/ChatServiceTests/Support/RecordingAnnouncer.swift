import ChatDomain
import ChatService
import Synchronization

/// Keeps every announcement in the order in which it came.
final class RecordingAnnouncer: Announcer {
    private let announcements = Mutex<[Announcement]>([])

    func announce(_ announcement: Announcement) {
        announcements.withLock { $0.append(announcement) }
    }

    var all: [Announcement] {
        announcements.withLock { $0 }
    }

    var messages: [Message] {
        all.compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    var marks: [Mark] {
        all.compactMap { if case .mark(let mark) = $0 { mark } else { nil } }
    }

    func clear() {
        announcements.withLock { $0 = [] }
    }
}
