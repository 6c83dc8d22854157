internal import Logging
internal import Synchronization

extension ClientSocket {
    /// Handles an event. If the server asked for an ack it gets an empty one after the handler returned.
    ///
    /// The events of a socket are handled one after the other, on the client's event loop until a handler
    /// waits for something. Arguments that do not decode never reach the handler; see ``onError(_:)``.
    @discardableResult
    public func on<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>,
        _ handler: @escaping @Sendable (repeat each Argument) async throws -> Void
    ) -> Self {
        on(raw: event.name) { arguments in
            try await handler(repeat each arguments.decode(repeat (each Argument).self))
            return EncodedArguments()
        }
    }

    /// Handles a request of the server: what the handler returns is the ack.
    @discardableResult
    public func on<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>,
        _ handler: @escaping @Sendable (repeat each Argument) async throws -> Reply
    ) -> Self {
        on(raw: request.name) { arguments in
            try EncodedArguments(
                try await handler(repeat each arguments.decode(repeat (each Argument).self)))
        }
    }

    /// Handles an event whose arguments are not decoded; what the handler returns is the ack, and nil sends
    /// none.
    @discardableResult
    public func on(
        raw name: String,
        _ handler: @escaping @Sendable (EventArguments) async throws -> EncodedArguments?
    ) -> Self {
        handlers.withLock { $0.events[name, default: []].append { try await handler($0.arguments) } }
        return self
    }

    /// Forgets the handlers of an event; its streams go on.
    public func off(_ name: String) {
        handlers.withLock { $0.events[name] = nil }
    }

    /// The events of one name as a sequence.
    public func events<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>
    ) -> EventStream<repeat each Argument> {
        let buffer = EventBuffer(capacity: client.configuration.maxQueuedEvents)
        handlers.withLock { $0.add(buffer, for: event.name) }
        return EventStream(buffer) { [logger = client.logger, name = event.name] error in
            logger.error("event not delivered", metadata: ["event": "\(name)", "error": "\(error)"])
        }
    }

    /// Sees every event before its own handlers do.
    @discardableResult
    public func onAny(_ handler: @escaping @Sendable (ClientEvent) async throws -> Void) -> Self {
        handlers.withLock { $0.any.append(handler) }
        return self
    }

    /// Sees every event that is sent, on the client's event loop: do not block it.
    @discardableResult
    public func onAnyOutgoing(_ handler: @escaping @Sendable (String, EncodedArguments) -> Void) -> Self {
        handlers.withLock { $0.anyOutgoing.append(handler) }
        return self
    }

    /// Called each time the socket has joined, with whether the session before was recovered.
    @discardableResult
    public func onConnect(_ handler: @escaping @Sendable (_ recovered: Bool) async throws -> Void) -> Self {
        handlers.withLock { $0.connect.append(handler) }
        return self
    }

    /// Called when an attempt to connect failed (``ClientError``) or was refused (`ConnectError`).
    ///
    /// A socket that was refused does not try again by itself: ``open()`` makes it.
    @discardableResult
    public func onConnectError(
        _ handler: @escaping @Sendable (any Error & Sendable) async throws -> Void
    ) -> Self {
        handlers.withLock { $0.connectError.append(handler) }
        return self
    }

    /// Called each time the socket is no longer connected.
    @discardableResult
    public func onDisconnect(
        _ handler: @escaping @Sendable (ClientDisconnectReason) async throws -> Void
    ) -> Self {
        handlers.withLock { $0.disconnect.append(handler) }
        return self
    }

    /// Called when a handler throws, or its arguments do not decode. Without one, the log says so.
    @discardableResult
    public func onError(_ handler: @escaping @Sendable (any Error) async -> Void) -> Self {
        handlers.withLock { $0.errors.append(handler) }
        return self
    }

    // MARK: - Running them

    func enqueue(_ work: Work) {
        queue.append(work)
        if queue.count - queueHead > client.configuration.maxQueuedEvents { client.pause(self) }
        guard !isRunning else { return }
        isRunning = true
        client.executor.start { await self.runQueue() }
    }

    private func runQueue() async {
        while queueHead < queue.count {
            let work = queue[queueHead]
            queueHead += 1
            if queueHead == queue.count {
                queue.removeAll(keepingCapacity: queueHead <= 64)
                queueHead = 0
                client.resume(self)
            }
            await run(work)
        }
        isRunning = false
    }

    private func run(_ work: Work) async {
        let handlers = handlers.withLock { $0 }
        switch work {
        case .event(let event): await run(event, handlers)
        case .connect(let recovered):
            for handler in handlers.connect { await attempt(handlers) { try await handler(recovered) } }
        case .connectError(let error):
            for handler in handlers.connectError { await attempt(handlers) { try await handler(error) } }
        case .disconnect(let reason):
            for handler in handlers.disconnect { await attempt(handlers) { try await handler(reason) } }
        case .end:
            for name in handlers.streams.keys { for buffer in handlers.buffers(name) { buffer.finish() } }
        }
    }

    private func run(_ event: ClientEvent, _ handlers: ClientHandlers) async {
        for handler in handlers.any { await attempt(handlers) { try await handler(event) } }
        var answer: EncodedArguments?
        for buffer in handlers.buffers(event.name) {
            await buffer.deliver(event)
            // Nobody can answer from a stream; taking the event is the answer.
            answer = EncodedArguments()
        }
        for handler in handlers.events[event.name] ?? [] {
            await attempt(handlers) {
                let reply = try await handler(event)
                // The first answer that says something counts.
                if let reply, answer?.json.isEmpty ?? true { answer = reply }
            }
        }
        if let answer, let id = event.ackID { acknowledge(id, answer) }
    }

    private func attempt(_ handlers: ClientHandlers, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            if handlers.errors.isEmpty {
                client.logger.error("a handler failed", metadata: ["error": "\(error)"])
            }
            for handler in handlers.errors { await handler(error) }
        }
    }
}
