/// Bounds of the HTTP side of a listener.
public struct HTTPLimits: Sendable {
    /// Bytes of all header fields of one request.
    public var maxHeaderBytes: Int
    /// Header fields of one request.
    public var maxHeaderFields: Int
    /// How long from accepting a connection, or from the last answer, to a complete request head.
    public var headTimeout: Duration
    /// How long a connection without a request may stay open between two requests.
    public var idleTimeout: Duration
    /// How long from a polling request's head to the end of its body.
    public var bodyTimeout: Duration
    /// How long the body of another request may stand still, or lag behind ``plainBodyBytesPerSecond``, before
    /// its connection is closed. The time that the application lets it wait does not count.
    public var plainBodyTimeout: Duration = .seconds(30)
    /// Bytes a second that a client must send of such a body on average.
    public var plainBodyBytesPerSecond = 500
    /// Connections that one address may have, WebSockets included: an IPv4 address, or the 64 bits of an IPv6 network. One
    /// more is closed at once. For listeners without a proxy in front; nil counts none.
    public var maxConnectionsPerAddress: Int?

    /// Limits with these values.
    public init(
        maxHeaderBytes: Int = 32 << 10, maxHeaderFields: Int = 128, headTimeout: Duration = .seconds(10),
        idleTimeout: Duration = .seconds(75), bodyTimeout: Duration = .seconds(30)
    ) {
        self.maxHeaderBytes = maxHeaderBytes
        self.maxHeaderFields = maxHeaderFields
        self.headTimeout = headTimeout
        self.idleTimeout = idleTimeout
        self.bodyTimeout = bodyTimeout
    }
}
