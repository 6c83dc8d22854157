public import SocketIOProtocol

/// How many events a client may send in one namespace.
///
/// What is more is dropped and counted (``AnySocket/droppedEvents``). A dropped event that wants an ack gets what
/// ``Namespace/ackErrors(_:)`` makes of ``RateLimitExceeded``.
public struct EventRate: Sendable {
    /// For all events together that have no limit of their own; nil leaves them unlimited.
    public var limit: RateLimit?
    /// Events with a limit of their own, by name.
    public var events: [String: RateLimit]
    /// After so many dropped events in a row the connection is closed (`rate limited`); nil: never.
    public var disconnectAfter: Int?

    /// Limits with these values.
    public init(_ limit: RateLimit?, events: [String: RateLimit] = [:], disconnectAfter: Int? = nil) {
        self.limit = limit
        self.events = events
        self.disconnectAfter = disconnectAfter
    }
}
