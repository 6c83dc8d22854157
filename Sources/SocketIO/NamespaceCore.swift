internal import EngineIO
internal import Logging
internal import NIOCore
internal import SocketIOCore
internal import SocketIOEvents
internal import SocketIOProtocol
internal import Synchronization

/// What a namespace is, whatever its sockets' state type: its handlers and, for each loop, its sockets.
final class NamespaceCore: @unchecked Sendable {
    typealias ServerEventHandler = @Sendable (EventArguments, NodeID?) async throws -> EncodedArguments?
    typealias Next = @Sendable () async throws -> Void
    typealias Middleware = @Sendable (AnySocket, IncomingEvent, Next) async throws -> Void

    /// Makes the socket of somebody who was let in.
    typealias SocketMaker = @Sendable (NamespaceCore, Connection, SocketID) -> AnySocket

    /// Called some time before a socket's state expires.
    struct ExpiryWarning: Sendable {
        let before: TimeAmount
        let warn: @Sendable (AnySocket) async throws -> Void
    }

    /// Everything that a person registered. Replaced as a whole, read under a lock.
    struct Handlers: Sendable {
        /// Nil: there is no namespace of that name.
        var authenticate: @Sendable (Handshake) async throws -> SocketMaker?
        var admission: [@Sendable (AnySocket) async throws -> Void] = []
        var events: [String: EventListeners<EventHandler>] = [:]
        var anyEvent = EventListeners<EventHandler>()
        var outgoing = EventListeners<@Sendable (AnySocket, OutgoingEvent) -> Void>()
        var middlewares: [Middleware] = []
        var connect: [@Sendable (AnySocket) async throws -> Void] = []
        var disconnecting: [@Sendable (AnySocket, DisconnectReason, Set<Room>) -> Void] = []
        var disconnect: [@Sendable (AnySocket, DisconnectReason) async -> Void] = []
        /// Called on the loop when a socket's connection moved to another transport.
        var upgraded: [@Sendable (AnySocket) -> Void] = []
        var error: (@Sendable (AnySocket, any Error, ErrorContext) async -> Void)?
        /// Judges new credentials of a socket that is connected, and gives it the new state.
        var refresh: (@Sendable (AnySocket, Handshake) async throws -> Void)?
        /// Whether a client that was authenticated anew is the one of before.
        var recovers: (@Sendable (_ before: SocketMemory, _ now: AnySocket) -> Bool)?
        var expiring: ExpiryWarning?
        var errorAck: (@Sendable (any Error) -> EncodedArguments?)?
        /// By which key repetitions of an event are told.
        var deduplications: [String: EventDeduplication] = [:]
        /// What other servers of the cluster say to this one.
        var serverEvents: [String: [ServerEventHandler]] = [:]
        var nodeJoined: [@Sendable (NodeID) -> Void] = []
        var nodeLeft: [@Sendable (NodeID) -> Void] = []
        /// Of a family: who hears of the rooms of its children.
        var roomWatching: [@Sendable (inout RoomWatch.Handlers) -> Void] = []
        /// Of a family: called with each new child.
        var newChild: [@Sendable (NamespaceCore) -> Void] = []
        /// Of a family: which names are its own, if that can be told without a client.
        var matches: (@Sendable (String) -> Bool)?
    }

    /// How repetitions of one event are told, and what is remembered of them.
    struct EventDeduplication: Sendable {
        var key: @Sendable (AnySocket, EventArguments) -> (scope: String, key: String)?
        var memory: Deduplication
    }

    let name: String
    let logger: Logger
    let wire: WireFormat

    /// How arguments are encoded; nil is the default.
    var coding: JSONCoding? { wire.coding }
    let shards: [NamespaceShard]
    /// What the sockets' state type is; handlers are shared only among namespaces of one type.
    let stateType: ObjectIdentifier
    /// The family that made this namespace; nil for one that was made by itself.
    weak let family: NamespaceCore?
    let isChild: Bool
    /// What a family has made; nil for a namespace that sockets join.
    let children: ChildTable?
    /// What clients that are away have missed; nil while recovery is off.
    let recovery: NamespaceRecovery?
    private let handlers: Mutex<HandlerSnapshot>
    private let retired = Atomic<Bool>(false)
    private let watchesOutgoing = Atomic<Bool>(false)
    // Set once, before the namespace can be reached.
    private(set) var adapter: any Adapter

    /// Numbers the acks that are awaited: of one call and of a broadcast to ten thousand alike, so that both may
    /// wait for answers of the same socket.
    private let ackIDs = Atomic<UInt64>(0)
    /// How many broadcasts wait for answers.
    let pendingAsks = Atomic<Int>(0)
    let settings: NamespaceSettings
    /// Tells of rooms once somebody wants to know.
    private let roomWatch = Mutex<RoomWatch?>(nil)

    init(
        name: String, executors: [LoopExecutor], logger: Logger, stateType: ObjectIdentifier,
        handlers: Handlers,
        family: NamespaceCore? = nil, children: ChildTable? = nil,
        adapters: any AdapterFactory = InMemoryAdapter.Factory(), recovery: NamespaceRecovery? = nil,
        settings: NamespaceSettings = .init(), wire: WireFormat
    ) {
        self.settings = settings
        self.name = name
        self.logger = logger
        self.wire = wire
        self.stateType = stateType
        self.family = family
        self.children = children
        isChild = family != nil
        self.recovery = recovery
        shards = executors.enumerated().map { NamespaceShard(executor: $1, place: $0, recovery: recovery) }
        self.handlers = Mutex(HandlerSnapshot(handlers, spans: settings.spans != nil))
        watchesOutgoing.store(!handlers.outgoing.isEmpty, ordering: .releasing)
        adapter = NoAdapter()
        if let children {
            adapter = FamilyAdapter(children: children)
        } else {
            adapter = adapters.makeAdapter(namespace: name, local: self)
            for change in handlers.roomWatching { watchRooms(change) }
        }
    }

    /// The next ack id of the namespace. Above 2^53 - 1 clients could not tell one from the other; nobody comes there.
    func nextAckID() -> UInt64 {
        ackIDs.wrappingAdd(1, ordering: .relaxed).oldValue % (ParserLimits.largestAckID + 1)
    }

    /// The handlers as they are now: one reference, however many kinds there are.
    var current: HandlerSnapshot { handlers.withLock { $0 } }

    /// Changes the handlers; those of a family for all its children too, present and future.
    func register(_ change: @Sendable (inout Handlers) -> Void) {
        guard let children else {
            registerHere(change)
            return
        }
        children.register { child in (child ?? self).registerHere(change) }
    }

    private func registerHere(_ change: @Sendable (inout Handlers) -> Void) {
        handlers.withLock { snapshot in
            var handlers = snapshot.all
            change(&handlers)
            snapshot = HandlerSnapshot(handlers, spans: settings.spans != nil)
            watchesOutgoing.store(!handlers.outgoing.isEmpty, ordering: .releasing)
        }
    }

    /// Who wants to see what is sent; nil when nobody does, which costs one look at a flag.
    var outgoingListeners: EventListeners<@Sendable (AnySocket, OutgoingEvent) -> Void>? {
        watchesOutgoing.load(ordering: .acquiring) ? current.all.outgoing : nil
    }

    /// Whether the namespace was taken out of its server; nobody can join it any more.
    var isRetired: Bool { retired.load(ordering: .acquiring) }

    func retire() {
        guard !retired.exchange(true, ordering: .acquiringAndReleasing) else { return }
        adapter.close()
    }

    /// How many sockets there are, in all children of a family.
    var socketCount: Int {
        guard let children else { return shards.reduce(0) { $0 + $1.count } }
        return children.all.reduce(0) { $0 + $1.socketCount }
    }

    /// Changes who hears of rooms, and begins to tell them.
    func watchRooms(_ change: @escaping @Sendable (inout RoomWatch.Handlers) -> Void) {
        if let children {
            children.register { child in
                if let child {
                    child.watchRooms(change)
                } else {
                    registerHere { $0.roomWatching.append(change) }
                }
            }
            return
        }
        let (watch, isNew) = roomWatch.withLock { current in
            if let current { return (current, false) }
            let made = RoomWatch()
            current = made
            return (made, true)
        }
        watch.register(change)
        guard isNew else { return }
        for shard in shards { shard.run { $0.watchRooms(watch) } }
    }

    /// One submission a loop; the caller's own loop at once.
    ///
    /// - Parameter away: does the same to the sessions of sockets that are away.
    func forEachShard(
        away: ((inout NamespaceRecovery.Store) -> Void)? = nil,
        _ work: @escaping @Sendable (NamespaceShard) -> Void
    ) {
        if let recovery {
            wake(recovery.change(work) { away?(&$0) })
            return
        }
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
