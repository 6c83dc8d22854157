/// Bounds of the HTTP side of a listener.
public struct HTTPLimits: Sendable {
    /// Bytes of all header fields of one request.
    public var maxHeaderBytes: Int
    /// Header fields of one request.
    public var maxHeaderFields: Int
    /// Milliseconds from accepting a connection, or from the last answer, to a complete request head.
    public var headTimeout: Int64
    /// Milliseconds that a connection without a request may stay open between two requests.
    public var idleTimeout: Int64
    /// Milliseconds from a polling request's head to the end of its body.
    public var bodyTimeout: Int64

    /// Limits with these values.
    public init(
        maxHeaderBytes: Int = 32 << 10, maxHeaderFields: Int = 128, headTimeout: Int64 = 10_000,
        idleTimeout: Int64 = 75_000, bodyTimeout: Int64 = 30_000
    ) {
        self.maxHeaderBytes = maxHeaderBytes
        self.maxHeaderFields = maxHeaderFields
        self.headTimeout = headTimeout
        self.idleTimeout = idleTimeout
        self.bodyTimeout = bodyTimeout
    }
}
