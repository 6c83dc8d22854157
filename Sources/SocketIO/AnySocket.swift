public import EngineIO
internal import EngineIOProtocol
internal import Logging
public import NIOCore
public import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

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
    /// Under the lock of the namespace's recovery, not the loop's; see ``NamespaceRecovery/publish(_:pid:)``.
    var publishedPID: String?

    private let connectedFlag = Atomic<Bool>(false)

    // Confined to the event loop from here on.
    /// Whether it is not decided yet that the socket has joined; what is done until then waits in ``extras``.
    private var isEarly = true
    @exclusivity(unchecked) var queue = WorkQueue<Work>()
    /// What most sockets never need; see ``SocketExtras``.
    var extras: SocketExtras?
    /// What is needed to make the socket again; nil while recovery is off, and before it has joined.
    var recovery: SocketRecovery?

    /// What the socket's handlers are entered for, one after the other.
    enum Work {
        case connect
        case event(IncomingEvent)
        case expiring
        case disconnect(DisconnectReason)
    }

    init(id: SocketID, handshake: Handshake, core: NamespaceCore, connection: Connection) {
        self.id = id
        self.handshake = handshake
        self.core = core
        self.connection = connection
    }

    public static func == (left: AnySocket, right: AnySocket) -> Bool { left === right }

    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

    /// The connection below, which all sockets of a client share: its transport, its protocol, what waits to be sent, the
    /// request that opened it. The reference's `socket.conn`.
    ///
    /// What is sent through it is no Socket.IO packet; its id is a secret of the client.
    public var session: EngineSession { connection.session }

    /// Whether the socket is in its namespace: false before its connect handlers and after its end.
    public var isConnected: Bool { isConnectedFlag }

    var isConnectedFlag: Bool { connectedFlag.load(ordering: .relaxed) }
    var shard: NamespaceShard { core.shards[session.loopIndex] }

    /// The event loop that the socket lives on.
    public var eventLoop: any EventLoop { session.eventLoop }

    /// The namespace's name.
    public var namespaceName: String { core.name }

    /// What makes the socket again; to be asked on the loop.
    var memory: SocketMemory {
        let core = self.core
        return SocketMemory(state: (), dataJSON: extras?.dataJSON) { handshake, connection, id in
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
        emit(name, arguments, isVolatile: false, isCompressed: true)
    }

    func emit(_ name: String, _ arguments: EncodedArguments, isVolatile: Bool, isCompressed: Bool) {
        guard !ReservedNames.isReserved(name) else {
            core.logger.error("event not sent: reserved name", metadata: ["event": "\(name)"])
            return
        }
        tellWatchers(name, arguments, wantsAck: false)
        // What is volatile is not made up for either.
        if let recovery = core.recovery, !isVolatile {
            emitInOrder(EventPacket(name, arguments), isCompressed: isCompressed, recovery)
            return
        }
        var packet = core.encode(name, arguments, ackID: nil)
        packet.isCompressed = isCompressed
        write(packet, isVolatile: isVolatile)
    }

    /// Shows what is sent to those who watch it, see ``Namespace/onAnyOutgoing(_:_:)``.
    func tellWatchers(_ name: String, _ arguments: EncodedArguments, wantsAck: Bool) {
        guard let watchers = core.outgoingListeners else { return }
        let event = OutgoingEvent(name: name, arguments: arguments, wantsAck: wantsAck)
        for watcher in watchers.all { watcher(self, event) }
    }

    /// Sends an event, and waits while too much waits for the client: back-pressure for the sender. How much that
    /// is says `OutboxPolicy`.
    ///
    /// - Throws: `EmitError` or `EncodingError`.
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
            if let recovery = self.core.recovery {
                self.emitInOrder(event, isCompressed: true, recovery)
            } else {
                self.writeOnLoop(self.core.encode(event.name, event.arguments, ackID: nil))
            }
            self.session.whenWritable(promise)
        }
        do {
            try await promise.futureResult.get()
        } catch {
            throw EmitError.disconnected
        }
    }

    /// Calls that wait for an answer. To be asked on the loop.
    var pendingCalls: Int { extras?.acks.count ?? 0 }

    func write(_ packet: EncodedPacket, isVolatile: Bool = false) {
        // What is written most often, by listeners on the loop, needs no closure.
        guard core.recovery == nil, eventLoop.inEventLoop else {
            onLoop { self.writeOnLoop(packet, isVolatile: isVolatile) }
            return
        }
        writeOnLoop(packet, isVolatile: isVolatile)
    }

    func writeOnLoop(_ packet: EncodedPacket, isVolatile: Bool = false) {
        guard isConnectedFlag else {
            keep(packet)
            return
        }
        meter.count(.eventsOut)
        if isVolatile {
            session.sendVolatile(core.wire.messages(packet), options: packet.sendOptions)
        } else {
            core.wire.send(packet, to: session)
        }
    }

    /// Keeps what is sent before the client is told that it has joined.
    private func keep(_ packet: EncodedPacket) {
        guard isEarly else { return }
        let extras = extrasMade()
        guard extras.earlyPackets.count < connection.configuration.maxQueuedEvents else {
            core.logger.warning("event not sent: too many before the socket has joined")
            return
        }
        extras.earlyPackets.append(packet)
    }

    func keep(_ event: EventPacket, _ options: BroadcastOptions) {
        guard isEarly else { return }
        let extras = extrasMade()
        guard extras.earlyEvents.count < connection.configuration.maxQueuedEvents else {
            core.logger.warning("event not sent: too many before the socket has joined")
            return
        }
        extras.earlyEvents.append((event, options))
    }

    // MARK: - Rooms

    /// Joins rooms. In a handler of this socket they are joined when the call returns.
    public func join(_ rooms: Room...) { join(rooms) }

    /// Joins rooms. In a handler of this socket they are joined when the call returns.
    public func join(_ rooms: [Room]) {
        onLoop {
            if self.isEarly { self.extrasMade().earlyRooms += rooms }
            for room in rooms { self.shard.join(self, room) }
        }
    }

    /// Leaves rooms. In a handler of this socket they are left when the call returns.
    public func leave(_ rooms: Room...) { leave(rooms) }

    /// Leaves rooms. In a handler of this socket they are left when the call returns.
    public func leave(_ rooms: [Room]) {
        onLoop {
            if self.isEarly { self.extras?.earlyRooms.removeAll { rooms.contains($0) } }
            for room in rooms { self.shard.leave(self, room) }
        }
    }

    /// The rooms of the socket, its own aside; still known in the disconnect handler.
    public func rooms() async -> Set<Room> {
        await onLoop { $0.isConnectedFlag ? $0.shard.rooms(of: $0) : $0.extras?.roomsAtEnd ?? [] } ?? []
    }

    // MARK: - Data

    /// What other servers of the cluster see of a socket that said nothing else; JSON.
    func stateJSON() -> [UInt8] { Array("{}".utf8) }

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
        connectedFlag.store(true, ordering: .relaxed)
        noteConnected()
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
        isEarly = false
        if let extras {
            for room in extras.earlyRooms { shard.join(self, room) }
            for packet in extras.earlyPackets { write(packet) }
            let events = extras.earlyEvents
            extras.earlyRooms = []
            extras.earlyPackets = []
            extras.earlyEvents = []
            for (event, options) in events { emitBeforePublished(event, options) }
        }
        publish()
    }

    /// The session of before goes on; the loop has the socket already.
    func connectedAgain() {
        connectedFlag.store(true, ordering: .relaxed)
        noteConnected()
        if extras?.expiry != nil { armExpiry() }
        doEarlyWork()
        enqueue(.connect)
    }

    func received(ack id: UInt64, _ arguments: EventArguments) {
        guard let waiter = extras?.acks.take(id) else {
            shard.answered(id, self, arguments)
            return
        }
        noteAnswer()
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
        connectedFlag.store(false, ordering: .relaxed)
        extras?.disconnected()
        let rooms = shard.remove(self)
        if !rooms.isEmpty { extrasMade().roomsAtEnd = rooms }
        noteDisconnected(reason)
        for waiter in extras?.acks.takeAll() ?? [] {
            noteCallEnded(CallError.disconnected)
            waiter.timeout.cancel()
            waiter.promise.fail(CallError.disconnected)
        }
        connection.release(core)
        enqueue(.disconnect(reason))
    }
}
