/// How many sessions an engine takes. Who comes too many gets 503, or 429 for an address, with `Retry-After`;
/// no hook is asked about it. Without limits the reference's behaviour: as many as come.
public struct AdmissionLimits: Sendable {
    /// Sessions that may be live at once.
    public var maxSessions: Int?
    /// Sessions that may be opened a second, on average and at once.
    public var maxHandshakesPerSecond: Int?
    /// Sessions that may be live at once from one address: an IPv4 address, or the 64 bits of an IPv6 network, as
    /// a single household has 2^64 addresses. Connections of Unix sockets are not counted.
    public var maxSessionsPerAddress: Int?
    /// Seconds that a refused client is told to wait.
    public var retryAfter = 5
    /// The client's IP address when a trusted proxy is in front, from a header that the proxy sets on every
    /// request. Nil, or a text that is no IP address, takes the connection's own.
    ///
    /// Without a proxy leave it unset: a client writes into a header what it likes.
    public var clientAddress: (@Sendable (HandshakeRequest) -> String?)?

    /// No limits.
    public init() {}

    var isUnlimited: Bool {
        maxSessions == nil && maxHandshakesPerSecond == nil && maxSessionsPerAddress == nil
    }

    func validate() throws(EngineConfigurationError) {
        for (name, value) in [
            ("maxSessions", maxSessions), ("maxHandshakesPerSecond", maxHandshakesPerSecond),
            ("maxSessionsPerAddress", maxSessionsPerAddress), ("retryAfter", retryAfter),
        ] {
            guard let value else { continue }
            guard (0...1_000_000_000).contains(value) else {
                throw EngineConfigurationError("admission.\(name)", "is not between 0 and 10^9")
            }
        }
    }
}
