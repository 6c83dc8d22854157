public import EngineIO
public import SocketIOCore
public import SocketIOProtocol

/// How a ``SocketIO`` server behaves.
public struct Configuration: Sendable {
    /// The transports below: path, heartbeat, limits, origins.
    public var engine: EngineConfiguration
    /// Bounds of packets.
    public var parser: ParserLimits
    /// Milliseconds a connection has to join its first namespace.
    public var connectTimeout: Int64
    /// Events of one socket that may wait for its handlers; then its connection is not read any more.
    public var maxQueuedEvents: Int
    /// Calls of one socket that may wait for an answer.
    public var maxPendingCalls: Int
    /// Carries broadcasts and the like; by default no further than this process.
    public var adapter: any AdapterFactory

    /// A configuration with these values.
    public init(
        engine: EngineConfiguration = .init(), parser: ParserLimits = .init(), connectTimeout: Int64 = 45_000,
        maxQueuedEvents: Int = 64, maxPendingCalls: Int = 1_000,
        adapter: any AdapterFactory = InMemoryAdapter.Factory()
    ) {
        self.engine = engine
        self.parser = parser
        self.connectTimeout = connectTimeout
        self.maxQueuedEvents = maxQueuedEvents
        self.maxPendingCalls = maxPendingCalls
        self.adapter = adapter
    }
}
