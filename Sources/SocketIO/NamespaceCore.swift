internal import EngineIO
internal import Logging
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

/// What a namespace is, whatever its sockets' state type: its handlers and, for each loop, its sockets.
final class NamespaceCore: @unchecked Sendable {
    typealias EventHandler = @Sendable (AnySocket, IncomingEvent) async throws -> EncodedArguments?
    typealias ServerEventHandler = @Sendable (EventArguments, NodeID?) async throws -> EncodedArguments?
    typealias Next = @Sendable () async throws -> Void
    typealias Middleware = @Sendable (AnySocket, IncomingEvent, Next) async throws -> Void

    /// Everything that a person registered. Replaced as a whole, read under a lock.
    struct Handlers: Sendable {
        var authenticate: @Sendable (Handshake, Connection, NamespaceCore) async throws -> AnySocket
        var events: [String: [EventHandler]] = [:]
        var anyEvent: [EventHandler] = []
        var middlewares: [Middleware] = []
        var connect: [@Sendable (AnySocket) async throws -> Void] = []
        var disconnect: [@Sendable (AnySocket, DisconnectReason) async -> Void] = []
        var error: (@Sendable (AnySocket, any Error) async -> Void)?
        var errorAck: (@Sendable (any Error) -> EncodedArguments?)?
        /// What other servers of the cluster say to this one.
        var serverEvents: [String: [ServerEventHandler]] = [:]
        var nodeJoined: [@Sendable (NodeID) -> Void] = []
        var nodeLeft: [@Sendable (NodeID) -> Void] = []
    }

    let name: String
    let logger: Logger
    let shards: [NamespaceShard]
    private let handlers: Mutex<Handlers>
    // Set once, before the namespace can be reached.
    private(set) var adapter: any Adapter

    /// Numbers the acks that are awaited: of one call and of a broadcast to ten thousand alike, so that both may
    /// wait for answers of the same socket.
    private let ackIDs = Atomic<UInt64>(0)

    init(
        name: String, loops: [any EventLoop], logger: Logger, handlers: Handlers,
        adapters: any AdapterFactory = InMemoryAdapter.Factory()
    ) {
        self.name = name
        self.logger = logger
        shards = loops.map { NamespaceShard(eventLoop: $0) }
        self.handlers = Mutex(handlers)
        adapter = NoAdapter()
        adapter = adapters.makeAdapter(namespace: name, local: self)
    }

    /// The next ack id of the namespace. Above 2^53 - 1 clients could not tell one from the other; nobody comes there.
    func nextAckID() -> UInt64 {
        ackIDs.wrappingAdd(1, ordering: .relaxed).oldValue % (ParserLimits.largestAckID + 1)
    }

    var current: Handlers { handlers.withLock { $0 } }

    func register(_ change: @Sendable (inout Handlers) -> Void) {
        handlers.withLock { change(&$0) }
    }

    /// One submission a loop; the caller's own loop at once.
    func forEachShard(_ work: @escaping @Sendable (NamespaceShard) -> Void) {
        for shard in shards where shard.mayHaveMembers { shard.run(work) }
    }

    /// The local sockets that the options name, asked of every loop.
    func sockets(matching options: BroadcastOptions) async -> [AnySocket] {
        await collect { $0.members(matching: options) }
    }
}

/// Stands in until a namespace has its adapter; never called.
private struct NoAdapter: Adapter {
    var node: NodeID { .alone }
    func broadcast(_ event: EventPacket, options: BroadcastOptions) {}
    func broadcast(
        _ event: EventPacket, options: BroadcastOptions, timeout: Duration, answers: AnswerCollector
    ) {}
    func join(_ rooms: [Room], options: BroadcastOptions) {}
    func leave(_ rooms: [Room], options: BroadcastOptions) {}
    func disconnect(options: BroadcastOptions, close: Bool) {}
    func fetchSockets(options: BroadcastOptions, timeout: Duration) async -> ClusterAnswer<[SocketDetails]> {
        ClusterAnswer([])
    }
    func rooms(timeout: Duration) async -> ClusterAnswer<Set<Room>> { ClusterAnswer([]) }
    func serverSideEmit(_ event: EventPacket) {}
    func serverSideCall(_ event: EventPacket, timeout: Duration) async -> ClusterAnswer<[ServerAnswer]> {
        ClusterAnswer([])
    }
    func serverCount() async -> Int { 1 }
}
