public import SocketIOEvents

/// Listening to the events of the namespace's sockets.
///
/// Listeners are registered for the namespace, not for each socket; what belongs to one socket only, such as the
/// next answer in a dialogue, is awaited with ``AnySocket/next(_:timeout:)`` or ``AnySocket/events(_:buffer:)``.
extension Namespace {
    // MARK: - Events

    /// Handles an event. If the client asked for an ack it gets an empty one after the handler returned.
    ///
    /// Arguments that do not decode never reach the handler; see ``onError(_:)-((Socket<State>,Error,ErrorContext)->Void)``.
    @discardableResult
    public func on<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ options: ListenerOptions = .init(),
        _ handler: @escaping @Sendable (Socket<State>, repeat each Argument) async throws -> Void
    ) -> Self {
        register(
            event.name, options,
            .waiting { socket, incoming in
                let arguments = try Undecodable.mark {
                    try incoming.arguments.decode(repeat (each Argument).self)
                }
                try await handler(Self.typed(socket), repeat each arguments)
                return nil
            })
    }

    /// Handles a request: what the handler returns is the ack.
    @discardableResult
    public func on<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ options: ListenerOptions = .init(),
        _ handler: @escaping @Sendable (Socket<State>, repeat each Argument) async throws -> Reply
    ) -> Self {
        register(
            request.name, options,
            .waiting { socket, incoming in
                let arguments = try Undecodable.mark {
                    try incoming.arguments.decode(repeat (each Argument).self)
                }
                let reply = try await handler(Self.typed(socket), repeat each arguments)
                return try EncodedArguments(answer: reply, coding: socket.core.coding)
            })
    }

    /// Handles an event whose arguments are not decoded; what the handler returns is the ack.
    @discardableResult
    public func on(
        raw name: String, _ options: ListenerOptions = .init(),
        _ handler: @escaping @Sendable (Socket<State>, EventArguments) async throws -> EncodedArguments?
    ) -> Self {
        register(name, options, .waiting { try await handler(Self.typed($0), $1.arguments) })
    }

    /// Sees every event before its own handlers do.
    @discardableResult
    public func onAny(
        _ options: ListenerOptions = .init(),
        _ handler: @escaping @Sendable (Socket<State>, IncomingEvent) async throws -> Void
    ) -> Self {
        registerForAny(
            options,
            .waiting { socket, event in
                try await handler(Self.typed(socket), event)
                return nil
            })
    }

    /// Sees every event and request that is sent to a socket of the namespace, broadcasts included, before it is
    /// sent. Not acks, and not what goes through other servers of a cluster.
    ///
    /// On the socket's event loop, or where the sender is: nothing here may wait. Without such listeners nothing
    /// is kept or copied for them.
    @discardableResult
    public func onAnyOutgoing(
        _ options: ListenerOptions = .init(),
        _ listener: @escaping @Sendable (Socket<State>, OutgoingEvent) -> Void
    ) -> Self {
        core.register { $0.outgoing.add({ listener(Self.typed($0), $1) }, options) }
        return self
    }

    func register(_ name: String, _ options: ListenerOptions, _ handler: EventHandler) -> Self {
        core.register { $0.events[name, default: .init()].add(handler, options) }
        return self
    }

    func registerForAny(_ options: ListenerOptions, _ handler: EventHandler) -> Self {
        core.register { $0.anyEvent.add(handler, options) }
        return self
    }

    // MARK: - Removing

    /// Removes whatever was registered with this token.
    public func off(_ token: ListenerToken) {
        core.register { handlers in
            handlers.anyEvent.remove(token)
            handlers.outgoing.remove(token)
            for name in handlers.events.keys {
                handlers.events[name]?.remove(token)
                if handlers.events[name]?.isEmpty == true { handlers.events[name] = nil }
            }
        }
    }

    /// Removes all listeners of an event.
    public func off<each Argument>(_ event: Event<repeat each Argument>) { removeAllListeners(event.name) }

    /// Removes all listeners of the event of this name.
    public func removeAllListeners(_ name: String) { core.register { $0.events[name] = nil } }

    /// Removes the listeners of all events, and those of `onAny` and ``onAnyOutgoing(_:_:)``. What is called
    /// when sockets come and go stays.
    public func removeAllListeners() {
        core.register { handlers in
            handlers.events = [:]
            handlers.anyEvent = .init()
            handlers.outgoing = .init()
        }
    }

    /// The events that have listeners, sorted by name.
    public var eventNames: [String] { core.current.all.events.keys.sorted() }

    // MARK: - Errors

    /// Called with what went wrong, and where. Without it the error's type is logged.
    @discardableResult
    public func onError(
        _ handler: @escaping @Sendable (Socket<State>, any Error, ErrorContext) async -> Void
    ) -> Self {
        core.register { handlers in handlers.error = { await handler(Self.typed($0), $1, $2) } }
        return self
    }

    /// Called with what went wrong. Without it the error's type is logged.
    @discardableResult
    public func onError(_ handler: @escaping @Sendable (Socket<State>, any Error) async -> Void) -> Self {
        onError { socket, error, _ in await handler(socket, error) }
    }
}
