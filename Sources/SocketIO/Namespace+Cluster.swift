internal import Logging
public import SocketIOCore

extension Namespace {
    /// The names that no server may say to another (`ServerReservedEvents` of the reference).
    private static var reservedByServers: Set<String> { ["connect", "connection", "new_namespace"] }

    /// Sends an event to the other servers of the cluster, not to this one. Alone it does nothing.
    ///
    /// Arguments that cannot be written as JSON, and reserved names, are logged and not sent.
    public func serverSideEmit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) {
        do {
            guard !Self.reservedByServers.contains(event.name) else {
                throw EmitError.reservedName(event.name)
            }
            core.adapter.serverSideEmit(EventPacket(event.name, try EncodedArguments(repeat each argument)))
        } catch {
            core.logger.error(
                "event between servers not sent", metadata: ["event": "\(event.name)", "error": "\(error)"])
        }
    }

    /// Sends a request to the other servers of the cluster and collects their answers. Alone it returns at once.
    ///
    /// - Parameters:
    ///   - request: the event, and the type of its answer.
    ///   - argument: the event's arguments.
    ///   - timeout: nil takes the configuration's `requestTimeout`.
    /// - Throws: `EmitError.reservedName(_:)` or `EncodingError`.
    public func serverSideCall<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ argument: repeat each Argument,
        timeout: Duration? = nil
    ) async throws -> ServerReport<Reply> {
        guard !Self.reservedByServers.contains(request.name) else {
            throw EmitError.reservedName(request.name)
        }
        let event = EventPacket(request.name, try EncodedArguments(repeat each argument))
        let answer = await core.adapter.serverSideCall(
            event, timeout: timeout ?? core.settings.requestTimeout)
        return ServerReport(answer) { try $0.decodeAnswer(Reply.self) }
    }

    /// Handles an event that another server sent.
    @discardableResult
    public func onServerEvent<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>,
        _ handler: @escaping @Sendable (repeat each Argument) async throws -> Void
    ) -> Self {
        registerServer(event.name) { arguments, _ in
            try await handler(repeat each arguments.decode(repeat (each Argument).self))
            return nil
        }
    }

    /// Handles a request that another server sent: what the handler returns is the answer.
    @discardableResult
    public func onServerEvent<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>,
        _ handler: @escaping @Sendable (repeat each Argument) async throws -> Reply
    ) -> Self {
        registerServer(request.name) { arguments, _ in
            try EncodedArguments(
                answer: await handler(repeat each arguments.decode(repeat (each Argument).self)))
        }
    }

    private func registerServer(
        _ name: String, _ handler: @escaping NamespaceCore.ServerEventHandler
    ) -> Self {
        core.register { $0.serverEvents[name, default: []].append(handler) }
        return self
    }

    /// Called when another server of the cluster has come.
    @discardableResult
    public func onNodeJoined(_ handler: @escaping @Sendable (NodeID) -> Void) -> Self {
        core.register { $0.nodeJoined.append(handler) }
        return self
    }

    /// Called when another server of the cluster is gone.
    @discardableResult
    public func onNodeLeft(_ handler: @escaping @Sendable (NodeID) -> Void) -> Self {
        core.register { $0.nodeLeft.append(handler) }
        return self
    }

    /// How many servers there are, this one included.
    public func serverCount() async -> Int { await core.adapter.serverCount() }

    /// All rooms of the cluster that have somebody in them, sockets' own rooms aside.
    public func rooms() async -> ClusterAnswer<Set<Room>> {
        await core.adapter.rooms(timeout: core.settings.requestTimeout)
    }

    /// The rooms of a socket of this process, the one of its own id included; nil when it is not here.
    public func rooms(of id: SocketID) async -> Set<Room>? {
        let own = Room(id)
        return await core.collect { shard in
            shard.members(matching: BroadcastOptions(rooms: [own]))
                .filter { $0.id == id }.map { shard.rooms(of: $0).union([own]) }
        }.first
    }

    /// All sockets of the namespace, wherever they are.
    public func fetchSockets() async -> ClusterAnswer<[RemoteSocket<State>]> { await everyone.fetchSockets() }

    /// Empties a room: everybody leaves it, and stays connected.
    public func closeRoom(_ room: Room) { to(room).leave(room) }
}
