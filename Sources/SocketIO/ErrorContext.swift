/// Where an error came from that ``Namespace/onError(_:)-((Socket<State>,Error,ErrorContext)->Void)`` is told.
public enum ErrorContext: Sendable, Equatable {
    /// A connect handler threw.
    case connecting
    /// An event's arguments are of another type than its listener takes; it was not called.
    case arguments(event: String)
    /// A listener or the middleware around it threw.
    case event(String)
    /// The client sent too many events; the error is ``RateLimitExceeded``. Told once for a run of them.
    case rateLimit(event: String)
    /// The client broke the protocol, and its connection is being closed; the error is a `SocketIOViolation`.
    case packet
    /// The hook that is told of a state that will expire threw.
    case expiring
}
