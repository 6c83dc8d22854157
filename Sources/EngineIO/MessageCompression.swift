public import WebSocketProtocol

/// permessage-deflate (RFC 7692) for the WebSockets of a server.
public struct MessageCompression: Sendable, Equatable {
    /// Context takeover and windows, to be agreed on with each client.
    public var policy: DeflatePolicy
    /// Messages of fewer bytes are sent as they are.
    public var threshold: Int
    /// zlib's effort, 1 (fast) to 9 (small).
    public var level: Int
    /// zlib's memory for the search, 1 (little) to 9 (much).
    public var memoryLevel: Int

    /// Compression with these values.
    public init(
        policy: DeflatePolicy = .init(), threshold: Int = 1_024, level: Int = 6, memoryLevel: Int = 8
    ) {
        self.policy = policy
        self.threshold = threshold
        self.level = level
        self.memoryLevel = memoryLevel
    }
}
