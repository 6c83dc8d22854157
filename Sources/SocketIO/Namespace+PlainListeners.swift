public import SocketIOEvents

/// Listeners that cannot wait: closures without `await`.
///
/// Swift takes these for a closure that awaits nothing; nothing has to be written differently. They are called where the packet
/// was read, on the socket's event loop, without a task, as long as nothing on the event's way may wait: no middleware, no
/// catch-all listener that awaits, no deduplication, no tracing. Otherwise they take their turn among the others. The order of a
/// socket's events is the same either way.
///
/// As in every listener: what takes long, or blocks the thread, belongs elsewhere.
extension Namespace {
    /// Handles an event. If the client asked for an ack it gets an empty one after the handler returned.
    @discardableResult
    public func on<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ options: ListenerOptions = .init(),
        _ handler: @escaping @Sendable (Socket<State>, repeat each Argument) throws -> Void
    ) -> Self {
        register(
            event.name, options,
            .plain { socket, incoming in
                let arguments = try Undecodable.mark {
                    try incoming.arguments.decode(repeat (each Argument).self)
                }
                try handler(Self.typed(socket), repeat each arguments)
                return nil
            })
    }

    /// Handles a request: what the handler returns is the ack.
    @discardableResult
    public func on<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ options: ListenerOptions = .init(),
        _ handler: @escaping @Sendable (Socket<State>, repeat each Argument) throws -> Reply
    ) -> Self {
        register(
            request.name, options,
            .plain { socket, incoming in
                let arguments = try Undecodable.mark {
                    try incoming.arguments.decode(repeat (each Argument).self)
                }
                let reply = try handler(Self.typed(socket), repeat each arguments)
                return try EncodedArguments(answer: reply, coding: socket.core.coding)
            })
    }

    /// Handles an event whose arguments are not decoded; what the handler returns is the ack.
    @discardableResult
    public func on(
        raw name: String, _ options: ListenerOptions = .init(),
        _ handler: @escaping @Sendable (Socket<State>, EventArguments) throws -> EncodedArguments?
    ) -> Self {
        register(name, options, .plain { try handler(Self.typed($0), $1.arguments) })
    }

    /// Sees every event before its own handlers do.
    @discardableResult
    public func onAny(
        _ options: ListenerOptions = .init(),
        _ handler: @escaping @Sendable (Socket<State>, IncomingEvent) throws -> Void
    ) -> Self {
        registerForAny(
            options,
            .plain { socket, event in
                try handler(Self.typed(socket), event)
                return nil
            })
    }
}
