internal import EngineIO
internal import Logging
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

/// What a namespace is, whatever its sockets' state type: its handlers and, for each loop, its sockets.
final class NamespaceCore: LocalDelivery, @unchecked Sendable {
    typealias EventHandler = @Sendable (AnySocket, IncomingEvent) async throws -> EncodedArguments?
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
    }

    let name: String
    let logger: Logger
    let shards: [NamespaceShard]
    private let handlers: Mutex<Handlers>
    // Set once, before the namespace can be reached.
    private(set) var adapter: any Adapter

    init(name: String, loops: [any EventLoop], logger: Logger, handlers: Handlers) {
        self.name = name
        self.logger = logger
        shards = loops.map { NamespaceShard(eventLoop: $0) }
        self.handlers = Mutex(handlers)
        adapter = NoAdapter()
        adapter = InMemoryAdapter(local: self)
    }

    var current: Handlers { handlers.withLock { $0 } }

    func register(_ change: @Sendable (inout Handlers) -> Void) {
        handlers.withLock { change(&$0) }
    }

    // MARK: - LocalDelivery

    func deliver(_ packet: EncodedPacket, options: BroadcastOptions) {
        forEachShard { $0.deliver(packet, options: options) }
    }

    func joinLocally(_ rooms: [Room], options: BroadcastOptions) {
        forEachShard { shard in
            for socket in shard.members(matching: options) { for room in rooms { shard.join(socket, room) } }
        }
    }

    func leaveLocally(_ rooms: [Room], options: BroadcastOptions) {
        forEachShard { shard in
            for socket in shard.members(matching: options) { for room in rooms { shard.leave(socket, room) } }
        }
    }

    func disconnectLocally(options: BroadcastOptions, close: Bool) {
        forEachShard { shard in
            for socket in shard.members(matching: options) { socket.disconnectOnLoop(close: close) }
        }
    }

    /// One submission a loop; the caller's own loop at once.
    private func forEachShard(_ work: @escaping @Sendable (NamespaceShard) -> Void) {
        for shard in shards where shard.mayHaveMembers {
            if shard.eventLoop.inEventLoop {
                work(shard)
            } else {
                shard.eventLoop.execute { work(shard) }
            }
        }
    }

    /// The local sockets that the options name, asked of every loop.
    func sockets(matching options: BroadcastOptions) async -> [AnySocket] {
        var all: [AnySocket] = []
        for shard in shards where shard.mayHaveMembers {
            let promise = shard.eventLoop.makePromise(of: [AnySocket].self)
            shard.eventLoop.execute { promise.succeed(shard.members(matching: options)) }
            // A loop that is gone has no sockets.
            all += (try? await promise.futureResult.get()) ?? []
        }
        return all
    }
}

/// Stands in until a namespace has its adapter; never called.
private struct NoAdapter: Adapter {
    func broadcast(_ packet: EncodedPacket, options: BroadcastOptions) {}
    func join(_ rooms: [Room], options: BroadcastOptions) {}
    func leave(_ rooms: [Room], options: BroadcastOptions) {}
    func disconnect(options: BroadcastOptions, close: Bool) {}
}
