internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Why there is no answer.
struct OutboundFailure: Error {
    /// A sentence for a person.
    let reason: String

    init(_ reason: String) { self.reason = reason }

    /// What a library says, shortly: the place is known to whoever reads it.
    static func words(for error: any Error) -> String {
        switch error {
        case is NIOConnectionError, is IOError: "it could not be reached"
        case ChannelError.connectTimeout: "it could not be reached in time"
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            "its certificate or encryption is not trusted"
        default: "\(type(of: error))"
        }
    }
}

/// How many requests are going on.
final class RequestCount: Sendable {
    private let count = Mutex(0)

    func begin(limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func end() { count.withLock { $0 -= 1 } }
}
