/// Why a call got no answer.
public enum CallError: Error, Equatable, Sendable {
    /// The client did not answer in time.
    case timeout
    /// The socket was or became disconnected.
    case disconnected
    /// Too many answers of this socket are outstanding.
    case tooManyPending
    /// The answer was not of the expected type.
    case unexpectedReply(String)
}
