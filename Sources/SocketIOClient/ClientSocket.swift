internal import Logging
internal import NIOCore
internal import SocketIOProtocol
internal import Synchronization

/// A client's place in one namespace.
///
/// What is emitted while the socket is not connected waits, up to a bound, and is sent when it is.
/// Its methods may be called from anywhere; what they do happens on the client's event loop, in the order of
/// the calls when they come from one place.
public final class ClientSocket: @unchecked Sendable {
    /// What can be asked from anywhere.
    struct Snapshot {
        var id: String?
        var recovered = false
    }

    /// The namespace's name, with its slash.
    public let namespace: String
    /// The client that the socket belongs to.
    public let client: SocketClient
    private let credentials: Mutex<Auth>
    let handlers = Mutex(ClientHandlers())
    let snapshot = Mutex(Snapshot())

    // Confined to the event loop from here on.
    var machine = ClientNamespaceStateMachine()
    /// Whether ``open()`` was called: then no failed attempt is the last.
    var isPersistent = false
    var wasConnected = false
    var pid: String?
    var offset: String?
    var waiters: [Waiter<Void>] = []
    var offline: [OutgoingEvent] = []
    var offlineBytes = 0
    var early: [ClientEvent] = []
    var acks: AckTable<OutgoingEvent>
    var retries: RetryQueue<OutgoingEvent>
    /// Counts the connections, so that an auth provider's late answer finds out.
    var joinNumber = 0
    var queue: [Work] = []
    var queueHead = 0
    var isRunning = false

    /// What the socket's handlers are entered for, one after the other.
    enum Work {
        case connect(recovered: Bool)
        case connectError(any Error & Sendable)
        case event(ClientEvent)
        case disconnect(ClientDisconnectReason)
        /// The socket will not come back by itself: its streams end.
        case end
    }

    init(client: SocketClient, namespace: String, auth: Auth) {
        self.client = client
        self.namespace = namespace
        credentials = Mutex(auth)
        acks = AckTable(capacity: client.configuration.maxPendingCalls)
        retries = RetryQueue(
            retries: client.configuration.retries, capacity: client.configuration.maxOfflinePackets)
    }

    // MARK: - State

    /// The socket's id; nil while it is not connected.
    public var id: String? { snapshot.withLock { $0.id } }

    /// Whether the socket has joined its namespace.
    public var isConnected: Bool { id != nil }

    /// Whether the last connect brought the session before it back: id, rooms, and the events that were
    /// missed.
    public var recovered: Bool { snapshot.withLock { $0.recovered } }

    /// What the socket presents when it joins; a new value counts from the next time on.
    public var auth: Auth {
        get { credentials.withLock { $0 } }
        set { credentials.withLock { $0 = newValue } }
    }

    // MARK: - Connecting

    /// Connects, and returns when the socket has joined. A cancelled task gives up.
    ///
    /// Other than in the reference client, a first attempt that fails is the last one, so that a wrong address
    /// is not tried for ever; ``open()`` tries on.
    ///
    /// - Throws: `ConnectError` when the server refuses the socket; ``ClientError/connectionFailed(_:)``,
    ///   ``ClientError/timeout``, ``ClientError/disconnected``; what the auth provider throws.
    public func connect() async throws {
        let waiter = Waiter<Void>(client.eventLoop)
        client.onLoop { self.begin(waiter) }
        try await waiter.value { self.client.onLoop { self.giveUp(waiter, CancellationError()) } }
    }

    /// Connects in the background, and tries on as the client's configuration says.
    ///
    /// ``onConnect(_:)`` and ``onConnectError(_:)`` hear how it goes.
    public func open() {
        client.onLoop {
            self.isPersistent = true
            self.activate()
        }
    }

    /// Leaves the namespace. What waits to be sent is given up; the last socket closes the connection.
    public func disconnect() {
        client.onLoop { self.disconnectOnLoop() }
    }

    // MARK: - Emitting

    /// Sends an event. Never waits.
    ///
    /// - Returns: whether it was taken. It is not, and the log says so, when its arguments cannot be written
    ///   as JSON, its name is reserved, or too much waits already.
    @discardableResult
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) -> Bool {
        guard let arguments = encoded(event.name, repeat each argument) else { return false }
        return emit(event.name, arguments)
    }

    /// Sends an event whose arguments are encoded already.
    ///
    /// - Returns: as above; called from elsewhere than the event loop it cannot tell yet what waits.
    @discardableResult
    public func emit(_ name: String, _ arguments: EncodedArguments) -> Bool {
        guard !ReservedNames.isReserved(name) else {
            client.logger.error("event not sent: reserved name", metadata: ["event": "\(name)"])
            return false
        }
        let event = OutgoingEvent(name: name, arguments: arguments)
        guard client.eventLoop.inEventLoop else {
            client.eventLoop.execute { _ = self.emitOnLoop(event) }
            return true
        }
        return emitOnLoop(event)
    }

    /// Sends events that are dropped when they cannot leave at once.
    public var volatile: VolatileEmitter { VolatileEmitter(socket: self) }

    /// Sends an event and waits until the transport has taken it: back-pressure for the sender.
    ///
    /// While the socket is not connected that means until it is again.
    ///
    /// - Throws: `EmitError.reservedName(_:)`, ``ClientError`` or `EncodingError`.
    public func send<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) async throws {
        guard !ReservedNames.isReserved(event.name) else { throw EmitError.reservedName(event.name) }
        let outgoing = OutgoingEvent(name: event.name, arguments: try EncodedArguments(repeat each argument))
        let written = Waiter<Void>(client.eventLoop)
        outgoing.written = written
        client.onLoop { _ = self.emitOnLoop(outgoing) }
        try await written.value { self.client.onLoop { written.fail(CancellationError()) } }
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Parameters:
    ///   - request: the event, and the type of its answer.
    ///   - argument: the event's arguments.
    ///   - timeout: nil takes the configuration's `ackTimeout`.
    /// - Throws: `CallError`, ``ClientError``, `EmitError` or `EncodingError`. A call that was sent fails at
    ///   once with `CallError.disconnected` when the connection is lost: nobody knows whether it was
    ///   answered. With `retries` it is sent again instead.
    public func call<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ argument: repeat each Argument,
        timeout: Duration? = nil
    ) async throws -> Reply {
        let answer = try await call(
            request.name, try EncodedArguments(repeat each argument), timeout: timeout)
        do {
            return try answer.decode(Reply.self)
        } catch {
            throw CallError.unexpectedReply("\(error)")
        }
    }

    /// Sends a request whose arguments are encoded already, and waits for the arguments of its ack.
    ///
    /// - Throws: `CallError`, ``ClientError`` or `EmitError`.
    public func call(
        _ name: String, _ arguments: EncodedArguments, timeout: Duration? = nil
    ) async throws -> EventArguments {
        guard !ReservedNames.isReserved(name) else { throw EmitError.reservedName(name) }
        let outgoing = OutgoingEvent(name: name, arguments: arguments)
        let answer = Waiter<EventArguments>(client.eventLoop)
        outgoing.answer = answer
        outgoing.ackTimeout = timeout.map { TimeAmount($0) }
        client.onLoop { self.beginCall(outgoing) }
        return try await answer.value { self.client.onLoop { self.forget(outgoing, CancellationError()) } }
    }

    func encoded<each Argument: Encodable>(_ name: String, _ argument: repeat each Argument)
        -> EncodedArguments?
    {
        do {
            return try EncodedArguments(repeat each argument)
        } catch {
            client.logger.error("event not sent", metadata: ["event": "\(name)", "error": "\(error)"])
            return nil
        }
    }
}

/// Emits events that are dropped unless they can leave at once. See ``ClientSocket/volatile``.
public struct VolatileEmitter: Sendable {
    let socket: ClientSocket

    /// Sends an event, or drops it.
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) {
        guard let arguments = socket.encoded(event.name, repeat each argument),
            !ReservedNames.isReserved(event.name)
        else { return }
        let outgoing = OutgoingEvent(name: event.name, arguments: arguments)
        outgoing.isVolatile = true
        socket.client.onLoop { [socket] in _ = socket.emitOnLoop(outgoing) }
    }
}
