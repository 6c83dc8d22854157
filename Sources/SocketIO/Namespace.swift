public import SocketIOCore
public import SocketIOProtocol

/// A namespace: its handlers and its sockets. Handlers are registered once, not per socket.
///
/// The events of one socket are handled one after the other; those of several sockets at the same time.
public struct Namespace<State: Sendable>: Sendable {
    let core: NamespaceCore

    init(core: NamespaceCore) { self.core = core }

    /// The name, with its slash.
    public var name: String { core.name }

    /// What carries broadcasts and the like to other servers: the namespace's own, made by ``Configuration/adapter``. It
    /// closes with its namespace.
    public var adapter: any Adapter { core.adapter }

    /// How many sockets this process has in the namespace.
    public var socketCount: Int { core.socketCount }

    /// What is kept for clients that are away, and what became of those that came back; nil while recovery is off.
    public var recoveryReport: RecoveryReport? { core.recovery?.report }

    /// Every socket of a namespace was made with its state type, see ``SocketIO/namespace(_:authenticate:)``.
    static func typed(_ socket: AnySocket) -> Socket<State> {
        unsafeDowncast(socket, to: Socket<State>.self)
    }

    /// Asks, before a socket joins, whether it may: in the order of registration, each after the one before
    /// has returned. What one throws refuses the client (`ConnectError` with its message and data).
    ///
    /// The socket may be put into rooms here already, and what is emitted to it reaches the client after the
    /// confirmation of its CONNECT. It cannot be called (asked for an ack) before that.
    @discardableResult
    public func use(_ middleware: @escaping @Sendable (_ socket: Socket<State>) async throws -> Void) -> Self
    {
        core.register { $0.admission.append { try await middleware(Self.typed($0)) } }
        return self
    }

    /// Wraps every event: the handlers run when `next` is called. Later ones are inside earlier ones.
    @discardableResult
    public func use(
        _ middleware:
            @escaping @Sendable (
                _ socket: Socket<State>, _ event: IncomingEvent, _ next: @Sendable () async throws -> Void
            ) async throws -> Void
    ) -> Self {
        core.register { $0.middlewares.append { try await middleware(Self.typed($0), $1, $2) } }
        return self
    }

    // MARK: - Sockets that come and go

    /// Called when a socket has joined; its events wait until the handler returned.
    @discardableResult
    public func onConnect(_ handler: @escaping @Sendable (Socket<State>) async throws -> Void) -> Self {
        core.register { $0.connect.append { try await handler(Self.typed($0)) } }
        return self
    }

    /// Called when a socket is about to go, before it is taken out of its rooms; a handler of one of its events
    /// may still be running. On the socket's event loop: nothing here may wait.
    @discardableResult
    public func onDisconnecting(
        _ handler: @escaping @Sendable (Socket<State>, DisconnectReason, _ rooms: Set<Room>) -> Void
    ) -> Self {
        core.register { $0.disconnecting.append { handler(Self.typed($0), $1, $2) } }
        return self
    }

    /// Called when a socket has gone, after its last event was handled.
    @discardableResult
    public func onDisconnect(
        _ handler: @escaping @Sendable (Socket<State>, DisconnectReason) async -> Void
    ) -> Self {
        core.register { $0.disconnect.append { await handler(Self.typed($0), $1) } }
        return self
    }

    /// Answers a request that failed: because its listener or the middleware threw, because its arguments do not
    /// decode (`DecodingError`), or because there were too many (``RateLimitExceeded``). Without it, or with nil,
    /// such a request gets no ack.
    ///
    /// The form is the application's: a common one is an ack of one object, `{"error": {"code": ..., "message": ...}}`.
    @discardableResult
    public func ackErrors(_ answer: @escaping @Sendable (any Error) -> EncodedArguments?) -> Self {
        core.register { $0.errorAck = answer }
        return self
    }

    // MARK: - Targets

    /// Everybody in these rooms.
    public func to(_ rooms: Room...) -> Target<State> { to(rooms) }

    /// Everybody in these rooms; everybody in the namespace when there are none, as in the reference.
    public func to(_ rooms: [Room]) -> Target<State> { Target(namespace: self, options: .init()).to(rooms) }

    /// Everybody but who is in one of these rooms.
    public func except(_ rooms: Room...) -> Target<State> { everyone.except(rooms) }

    /// Everybody in the namespace.
    public var everyone: Target<State> { Target(namespace: self, options: BroadcastOptions()) }

    /// Sends an event to everybody in the namespace.
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) {
        everyone.emit(event, repeat each argument)
    }

    /// Sends the event `message` to everybody in the namespace.
    public func send<each Argument: Codable & Sendable>(message argument: repeat each Argument) {
        emit(Event<repeat each Argument>("message"), repeat each argument)
    }
}
