internal import EngineIO
internal import EngineIOProtocol
internal import Logging
public import NIOCore
public import SocketIOCore
internal import SocketIOProtocol

/// One client in one namespace, whatever its state type. See ``Socket``.
///
/// Its methods may be called from anywhere; what they do happens on the socket's event loop, in the order
/// of the calls when they come from one place.
public class AnySocket: Hashable, @unchecked Sendable {
    /// The public id; other clients may know it.
    public let id: SocketID
    /// What the client presented when it joined.
    public let handshake: Handshake

    /// Whether the client has come back to a session of before: id, rooms and state are what they were, and it
    /// is given every event that it missed. Connect handlers need not do again what they did then.
    public internal(set) var recovered = false

    let core: NamespaceCore
    let connection: Connection

    // Confined to the event loop from here on.
    private var isConnectedFlag = false
    /// What happens to the socket before it has joined; nil once that is decided.
    private var early: EarlyWork? = EarlyWork()
    var queue = WorkQueue<Work>()
    /// What most sockets never need; see ``SocketExtras``.
    var extras: SocketExtras?
    /// What is needed to make the socket again; nil while recovery is off, and before it has joined.
    var recovery: SocketRecovery?
    private var acks: AckTable<AckWaiter>
    private var roomsAtEnd: Set<Room> = []

    /// What the socket's handlers are entered for, one after the other.
    enum Work {
        case connect
        case event(IncomingEvent)
        case expiring
        case disconnect(DisconnectReason)
    }

    /// What the namespace's middleware did with a socket that has not joined yet.
    private struct EarlyWork {
        var packets: [EncodedPacket] = []
        /// What goes by way of the log, while recovery is on.
        var events: [EventPacket] = []
        var rooms: [Room] = []
    }

    private struct AckWaiter {
        let promise: EventLoopPromise<EventArguments>
        let timeout: Scheduled<Void>
    }

    init(id: SocketID, handshake: Handshake, core: NamespaceCore, connection: Connection) {
        self.id = id
        self.handshake = handshake
        self.core = core
        self.connection = connection
        acks = AckTable(capacity: connection.configuration.maxPendingCalls)
    }

    public static func == (left: AnySocket, right: AnySocket) -> Bool { left === right }

    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

    var session: EngineSession { connection.session }
    var shard: NamespaceShard { core.shards[session.loopIndex] }
    var isConnectedOnLoop: Bool { isConnectedFlag }

    /// The event loop that the socket lives on.
    public var eventLoop: any EventLoop { session.eventLoop }

    /// The namespace's name.
    public var namespaceName: String { core.name }

    /// Makes another socket with the same state.
    var remaker: SocketRemaker {
        let core = self.core
        return { handshake, connection, id in
            AnySocket(id: id, handshake: handshake, core: core, connection: connection)
        }
    }

    func onLoop(_ work: @escaping @Sendable () -> Void) {
        if core.recovery != nil {
            // In one order with the events of the log.
            shard.run { _ in work() }
            return
        }
        if eventLoop.inEventLoop { work() } else { eventLoop.execute(work) }
    }

    // MARK: - Emitting

    /// Sends an event. Never waits: what the client does not take is counted, and too much of it ends the
    /// connection as a slow consumer.
    ///
    /// Arguments that cannot be written as JSON, and reserved names, are logged and not sent.
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) {
        do {
            emit(event.name, try EncodedArguments(coding: core.coding, repeat each argument))
        } catch {
            core.logger.error("event not sent", metadata: ["event": "\(event.name)", "error": "\(error)"])
        }
    }

    /// Sends an event whose arguments are encoded already.
    public func emit(_ name: String, _ arguments: EncodedArguments) {
        guard !ReservedNames.isReserved(name) else {
            core.logger.error("event not sent: reserved name", metadata: ["event": "\(name)"])
            return
        }
        tellWatchers(name, arguments, wantsAck: false)
        if core.recovery != nil {
            let event = EventPacket(name, arguments)
            if eventLoop.inEventLoop { emitInOrder(event) } else { onLoop { self.emitInOrder(event) } }
            return
        }
        write(core.encode(name, arguments, ackID: nil))
    }

    /// Shows what is sent to those who watch it, see ``Namespace/onAnyOutgoing(_:_:)``.
    private func tellWatchers(_ name: String, _ arguments: EncodedArguments, wantsAck: Bool) {
        guard let watchers = core.outgoingListeners else { return }
        let event = OutgoingEvent(name: name, arguments: arguments, wantsAck: wantsAck)
        for watcher in watchers.all { watcher(self, event) }
    }

    /// Sends an event and waits until the system has taken its bytes: back-pressure for the sender.
    ///
    /// - Throws: ``EmitError`` or `EncodingError`.
    public func send<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) async throws {
        guard !ReservedNames.isReserved(event.name) else { throw EmitError.reservedName(event.name) }
        let arguments = try EncodedArguments(coding: core.coding, repeat each argument)
        tellWatchers(event.name, arguments, wantsAck: false)
        let event = EventPacket(event.name, arguments)
        let promise = eventLoop.makePromise(of: Void.self)
        onLoop {
            // A socket may leave its namespace while its connection goes on.
            guard self.isConnectedFlag else {
                promise.fail(EmitError.disconnected)
                return
            }
            if self.recovery != nil {
                self.emitInOrder(event)
                self.shard.empty()
            } else {
                let packet = self.core.encode(event.name, event.arguments, ackID: nil)
                self.core.wire.send(packet, to: self.session)
            }
            self.session.whenWritten(promise)
        }
        do {
            try await promise.futureResult.get()
        } catch {
            throw EmitError.disconnected
        }
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Throws: ``CallError``, ``EmitError`` or `EncodingError`.
    public func call<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ argument: repeat each Argument,
        timeout: TimeAmount
    ) async throws -> Reply {
        let arguments = try EncodedArguments(coding: core.coding, repeat each argument)
        let answer = try await call(request.name, arguments, timeout: timeout)
        do {
            return try answer.decode(Reply.self)
        } catch {
            throw CallError.unexpectedReply("\(error)")
        }
    }

    /// Sends a request whose arguments are encoded already, and waits for the arguments of its ack.
    ///
    /// - Throws: ``CallError`` or ``EmitError``.
    public func call(
        _ name: String, _ arguments: EncodedArguments, timeout: TimeAmount
    ) async throws -> EventArguments {
        guard !ReservedNames.isReserved(name) else { throw EmitError.reservedName(name) }
        let promise = eventLoop.makePromise(of: EventArguments.self)
        onLoop { self.beginCall(name, arguments, timeout: timeout, promise) }
        return try await promise.futureResult.get()
    }

    private func beginCall(
        _ name: String, _ arguments: EncodedArguments, timeout: TimeAmount,
        _ promise: EventLoopPromise<EventArguments>
    ) {
        guard isConnectedFlag else {
            promise.fail(CallError.disconnected)
            return
        }
        let id = core.nextAckID()
        let deadline = eventLoop.scheduleTask(in: timeout) { [weak self] () -> Void in
            self?.acks.take(id)?.promise.fail(CallError.timeout)
        }
        guard acks.insert(AckWaiter(promise: promise, timeout: deadline), id: id) else {
            deadline.cancel()
            promise.fail(CallError.tooManyPending)
            return
        }
        tellWatchers(name, arguments, wantsAck: true)
        write(core.encode(name, arguments, ackID: id))
    }

    func write(_ packet: EncodedPacket) {
        onLoop {
            guard self.isConnectedFlag else {
                self.keep(packet)
                return
            }
            self.core.wire.send(packet, to: self.session)
        }
    }

    /// Keeps what is sent before the client is told that it has joined.
    private func keep(_ packet: EncodedPacket) {
        guard let count = early?.packets.count else { return }
        guard count < connection.configuration.maxQueuedEvents else {
            core.logger.warning("event not sent: too many before the socket has joined")
            return
        }
        early?.packets.append(packet)
    }

    func keep(_ event: EventPacket) {
        guard let count = early?.events.count else { return }
        guard count < connection.configuration.maxQueuedEvents else {
            core.logger.warning("event not sent: too many before the socket has joined")
            return
        }
        early?.events.append(event)
    }

    // MARK: - Rooms

    /// Joins rooms. In a handler of this socket they are joined when the call returns.
    public func join(_ rooms: Room...) { join(rooms) }

    /// Joins rooms. In a handler of this socket they are joined when the call returns.
    public func join(_ rooms: [Room]) {
        onLoop {
            self.early?.rooms += rooms
            for room in rooms { self.shard.join(self, room) }
        }
    }

    /// Leaves rooms. In a handler of this socket they are left when the call returns.
    public func leave(_ rooms: Room...) {
        onLoop {
            self.early?.rooms.removeAll { rooms.contains($0) }
            for room in rooms { self.shard.leave(self, room) }
        }
    }

    /// The rooms of the socket, its own aside; still known in the disconnect handler.
    public func rooms() async -> Set<Room> {
        let promise = eventLoop.makePromise(of: Set<Room>.self)
        onLoop { promise.succeed(self.isConnectedFlag ? self.shard.rooms(of: self) : self.roomsAtEnd) }
        return (try? await promise.futureResult.get()) ?? []
    }

    /// What the other servers of the cluster may know of the socket; to be asked on the loop.
    func details(node: NodeID) -> SocketDetails {
        SocketDetails(
            id: id, handshake: handshake.details, rooms: shard.rooms(of: self).union([Room(id)]), node: node)
    }

    // MARK: - Leaving

    /// Makes the client leave the namespace.
    ///
    /// - Parameter close: also closes its connection, and with it its other namespaces.
    public func disconnect(close: Bool = false) {
        onLoop { self.disconnectOnLoop(close: close) }
    }

    func disconnectOnLoop(close: Bool) {
        if close {
            connection.closeFromServer()
        } else {
            connection.leaveFromServer(self)
        }
    }

    // MARK: - What the connection reports, on the loop

    /// - Parameter pid: what the client may prove with later that it is the same; nil while recovery is off.
    func connected(pid: String? = nil) {
        isConnectedFlag = true
        if let pid, let recovery = core.recovery {
            shard.add(self, pid: pid, recovery)
        } else {
            shard.add(self)
        }
        if extras?.expiry != nil { armExpiry() }
        doEarlyWork()
        enqueue(.connect)
    }

    private func doEarlyWork() {
        guard let work = early else { return }
        early = nil
        for room in work.rooms { shard.join(self, room) }
        for packet in work.packets { write(packet) }
        for event in work.events { emitInOrder(event) }
    }

    /// The session of before goes on; the loop has the socket already.
    func connectedAgain() {
        isConnectedFlag = true
        if extras?.expiry != nil { armExpiry() }
        doEarlyWork()
        enqueue(.connect)
    }

    func received(ack id: UInt64, _ arguments: EventArguments) {
        guard let waiter = acks.take(id) else {
            shard.answered(id, self, arguments)
            return
        }
        waiter.timeout.cancel()
        waiter.promise.succeed(arguments)
    }

    func disconnected(_ reason: DisconnectReason) {
        guard isConnectedFlag else { return }
        let handlers = core.current
        if !handlers.all.disconnecting.isEmpty {
            let rooms = shard.rooms(of: self)
            for handler in handlers.all.disconnecting { handler(self, reason, rooms) }
            // A handler may have ended it already.
            guard isConnectedFlag else { return }
        }
        if let recovery = core.recovery {
            // What waits for the loop may end the socket too.
            guard shard.end(self, reason, recovery), isConnectedFlag else { return }
        }
        isConnectedFlag = false
        extras?.disconnected()
        roomsAtEnd = shard.remove(self)
        for waiter in acks.takeAll() {
            waiter.timeout.cancel()
            waiter.promise.fail(CallError.disconnected)
        }
        connection.release(core)
        enqueue(.disconnect(reason))
    }
}
