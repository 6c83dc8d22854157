/// Why a call got no answer.
public enum CallError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The client did not answer in time.
    case timeout
    /// The socket was or became disconnected.
    case disconnected
    /// Too many answers of this socket are outstanding.
    case tooManyPending
    /// The answer was not of the expected type.
    case unexpectedReply(String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .timeout:
            "timeout: no answer came in time; give the call a longer timeout, or see that the other side acknowledges"
        case .disconnected:
            "the socket is disconnected, and nobody knows whether it has answered: call again when it has connected again"
        case .tooManyPending:
            "too many answers are outstanding: wait for some of them, or raise maxPendingCalls"
        case .unexpectedReply(let why):
            "the answer is not of the type that the request names: \(why)"
        }
    }
}
