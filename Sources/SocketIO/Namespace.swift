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

    /// How many sockets this process has in the namespace.
    public var socketCount: Int { core.socketCount }

    /// Every socket of a namespace was made with its state type, see ``SocketIO/namespace(_:authenticate:)``.
    private static func typed(_ socket: AnySocket) -> Socket<State> {
        unsafeDowncast(socket, to: Socket<State>.self)
    }

    // MARK: - Events

    /// Handles an event. If the client asked for an ack it gets an empty one after the handler returned.
    ///
    /// Arguments that do not decode never reach the handler; see ``onError(_:)``.
    @discardableResult
    public func on<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>,
        _ handler: @escaping @Sendable (Socket<State>, repeat each Argument) async throws -> Void
    ) -> Self {
        register(event.name) { socket, incoming in
            try await handler(
                Self.typed(socket), repeat each incoming.arguments.decode(repeat (each Argument).self))
            return nil
        }
    }

    /// Handles a request: what the handler returns is the ack.
    @discardableResult
    public func on<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>,
        _ handler: @escaping @Sendable (Socket<State>, repeat each Argument) async throws -> Reply
    ) -> Self {
        register(request.name) { socket, incoming in
            let reply = try await handler(
                Self.typed(socket), repeat each incoming.arguments.decode(repeat (each Argument).self))
            return try EncodedArguments(reply)
        }
    }

    /// Handles an event whose arguments are not decoded; what the handler returns is the ack.
    @discardableResult
    public func on(
        raw name: String,
        _ handler: @escaping @Sendable (Socket<State>, EventArguments) async throws -> EncodedArguments?
    ) -> Self {
        register(name) { try await handler(Self.typed($0), $1.arguments) }
    }

    /// Sees every event before its own handlers do.
    @discardableResult
    public func onAny(
        _ handler: @escaping @Sendable (Socket<State>, IncomingEvent) async throws -> Void
    ) -> Self {
        core.register { handlers in
            handlers.anyEvent.append { socket, event in
                try await handler(Self.typed(socket), event)
                return nil
            }
        }
        return self
    }

    private func register(_ name: String, _ handler: @escaping NamespaceCore.EventHandler) -> Self {
        core.register { $0.events[name, default: []].append(handler) }
        return self
    }

    /// Asks, before a socket joins, whether it may: in the order of registration, each after the one before
    /// has returned. What one throws refuses the client (``ConnectError`` with its message and data).
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

    /// Called when a socket has gone, after its last event was handled.
    @discardableResult
    public func onDisconnect(
        _ handler: @escaping @Sendable (Socket<State>, DisconnectReason) async -> Void
    ) -> Self {
        core.register { $0.disconnect.append { await handler(Self.typed($0), $1) } }
        return self
    }

    /// Called with what a handler or the decoding of its arguments threw. Without it the error is logged.
    @discardableResult
    public func onError(_ handler: @escaping @Sendable (Socket<State>, any Error) async -> Void) -> Self {
        core.register { handlers in handlers.error = { await handler(Self.typed($0), $1) } }
        return self
    }

    /// Answers a request whose handler threw. Without it, or with nil, such a request gets no ack.
    @discardableResult
    public func ackErrors(_ answer: @escaping @Sendable (any Error) -> EncodedArguments?) -> Self {
        core.register { $0.errorAck = answer }
        return self
    }

    // MARK: - Targets

    /// Everybody in these rooms.
    public func to(_ rooms: Room...) -> Target<State> {
        Target(namespace: self, options: BroadcastOptions(rooms: rooms))
    }

    /// Everybody in the namespace.
    public var everyone: Target<State> { Target(namespace: self, options: BroadcastOptions()) }

    /// Sends an event to everybody in the namespace.
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) {
        everyone.emit(event, repeat each argument)
    }
}
