public import EngineIO
public import SocketIOCore
public import SocketIOEvents
public import SocketIOProtocol

/// How a ``SocketIO`` server behaves.
public struct Configuration: Sendable {
    /// The transports below: path, heartbeat, limits, origins.
    public var engine: EngineConfiguration
    /// Bounds of packets.
    public var parser: ParserLimits
    /// How long a connection has to join its first namespace.
    public var connectTimeout: Duration
    /// Events of one socket that may wait for its handlers; then its connection is not read any more.
    public var maxQueuedEvents: Int
    /// Calls of one socket that may wait for an answer; broadcasts of one namespace that may wait for answers.
    public var maxPendingCalls: Int
    /// The ids of clients of Socket.IO v2, which `EngineConfiguration.allowEIO3` lets in.
    public var v2SocketIDs: V2SocketIDs
    /// How long a call waits for an answer when it does not say.
    public var ackTimeout: Duration
    /// How long other servers of the cluster have to answer, such as which sockets they have.
    public var requestTimeout: Duration
    /// Carries broadcasts and the like; by default no further than this process.
    public var adapter: any AdapterFactory
    /// How packets are written, for all clients; nil is the standard format. Clients need the same parser.
    public var packetParser: (any PacketParser)?
    /// How arguments become JSON and back; nil is how Foundation does it by default.
    public var json: JSONCoding?
    /// How many events a socket may send; nil sets no limit.
    public var eventRate: EventRate?
    /// Traces connects, handlers, broadcasts and calls; nil traces nothing and costs nothing.
    public var spans: (any SpanRecorder)?
    /// The wall clock, in seconds since 1970, against which ``Expiry/at(_:)`` is reckoned.
    public var unixTime: @Sendable () -> Double = { Expiry.systemTime() }
    /// Whether a dynamic namespace goes when its last socket has gone. If not, it stays until another needs
    /// its place; see ``maxChildNamespaces``.
    public var cleanupEmptyChildNamespaces: Bool
    /// How many dynamic namespaces there may be at a time, of all families together, so that clients who
    /// invent names cannot fill the memory. One more takes the place of an empty one, or is refused.
    public var maxChildNamespaces: Int
    /// Lets clients that come back soon go on where they were; nil, the default, does not.
    public var recovery: Recovery?

    /// A configuration with these values.
    public init(
        engine: EngineConfiguration = .init(), parser: ParserLimits = .init(),
        connectTimeout: Duration = .seconds(45),
        maxQueuedEvents: Int = 64, maxPendingCalls: Int = 1_000,
        packetParser: (any PacketParser)? = nil, eventRate: EventRate? = nil,
        v2SocketIDs: V2SocketIDs = .sessionID,
        cleanupEmptyChildNamespaces: Bool = false, maxChildNamespaces: Int = 10_000,
        ackTimeout: Duration = .seconds(5), requestTimeout: Duration = .seconds(5),
        adapter: any AdapterFactory = InMemoryAdapter.Factory(), recovery: Recovery? = nil
    ) {
        self.engine = engine
        self.parser = parser
        self.connectTimeout = connectTimeout
        self.maxQueuedEvents = maxQueuedEvents
        self.maxPendingCalls = maxPendingCalls
        self.packetParser = packetParser
        self.eventRate = eventRate
        self.v2SocketIDs = v2SocketIDs
        self.ackTimeout = ackTimeout
        self.requestTimeout = requestTimeout
        self.adapter = adapter
        self.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces
        self.maxChildNamespaces = maxChildNamespaces
        self.recovery = recovery
    }

    /// The time on the wall clock, in milliseconds since 1970; 0 for a clock that was set so wrong that it is none.
    var now: Int64 { Int64(exactly: (unixTime() * 1_000).rounded()) ?? 0 }
}
