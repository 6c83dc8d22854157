internal import EngineIO
internal import Logging
internal import SocketIOCore
internal import SocketIOProtocol

extension NamespaceCore {
    func encode(_ name: String, _ arguments: EncodedArguments, ackID: UInt64?) -> EncodedPacket {
        EncodedPacket(
            text: PacketEncoder.event(
                namespace: self.name, ackID: ackID, name: name, argumentsJSON: arguments.json,
                attachmentCount: arguments.attachments.count),
            attachments: arguments.attachments)
    }

    func encodeAck(_ id: UInt64, _ arguments: EncodedArguments) -> EncodedPacket {
        EncodedPacket(
            text: PacketEncoder.ack(
                namespace: name, id: id, argumentsJSON: arguments.json,
                attachmentCount: arguments.attachments.count),
            attachments: arguments.attachments)
    }

    /// Asks the namespace's middleware whether a socket may join.
    ///
    /// - Throws: what one of them threw; those after it are not asked.
    func runAdmission(_ socket: AnySocket) async throws {
        for middleware in current.all.admission { try await middleware(socket) }
    }

    /// Runs the connect handlers of a socket that has just joined.
    func runConnect(_ socket: AnySocket) async {
        let handlers = current
        for handler in handlers.all.connect {
            do {
                try await handler(socket)
            } catch {
                await report(error, .connecting, socket, handlers)
            }
        }
    }

    /// Tells that a socket's state will expire.
    func runExpiring(_ socket: AnySocket, _ handlers: HandlerSnapshot) async {
        do {
            try await handlers.all.expiring?.warn(socket)
        } catch {
            await report(error, .expiring, socket, handlers)
        }
    }

    func runDisconnect(_ socket: AnySocket, _ reason: DisconnectReason) async {
        for handler in current.all.disconnect { await handler(socket, reason) }
    }

    /// Runs the handlers of an event.
    ///
    /// - Returns: the ack's arguments; nil when the handlers failed and no error ack is configured.
    func run(
        _ event: IncomingEvent, on socket: AnySocket, _ handlers: HandlerSnapshot
    ) async -> EncodedArguments? {
        guard let rule = handlers.all.deduplications[event.name],
            let id = rule.key(socket, event.arguments)
        else {
            return await handle(event, on: socket, handlers).answer
        }
        // A family's children share the memory, not the keys. No name has a comma.
        let scope = name + "," + id.scope
        switch rule.memory.begin(scope, id.key) {
        case .answered(let answer): return answer
        case .inProgress: return await rule.memory.wait(scope, id.key)
        case .handle:
            let (answer, succeeded) = await handle(event, on: socket, handlers)
            rule.memory.finish(scope, id.key, answer, succeeded: succeeded)
            return answer
        }
    }

    private func handle(
        _ event: IncomingEvent, on socket: AnySocket, _ handlers: HandlerSnapshot
    ) async -> (answer: EncodedArguments?, succeeded: Bool) {
        do {
            guard let spans = settings.spans else {
                return (try await Self.perform(handlers, event, socket), true)
            }
            let isKnown = handlers.all.events[event.name] != nil
            let span = socket.span(.event, isKnown ? event.name : "unhandled")
            return (
                try await spans.record(span) { try await Self.perform(handlers, event, socket) }, true
            )
        } catch {
            return (await failed(error, event, on: socket, handlers), false)
        }
    }

    /// Tells of what a listener threw.
    ///
    /// - Returns: the ack's arguments; nil when no error ack is configured.
    func failed(
        _ error: any Error, _ event: IncomingEvent, on socket: AnySocket, _ handlers: HandlerSnapshot
    ) async -> EncodedArguments? {
        if let error = error as? Undecodable {
            await report(error.underlying, .arguments(event: event.name), socket, handlers)
            return handlers.all.errorAck?(error.underlying)
        }
        await report(error, .event(event.name), socket, handlers)
        return handlers.all.errorAck?(error)
    }

    /// Carries the answer out of the middlewares' closures; used by one event at a time.
    private final class AnswerBox: @unchecked Sendable {
        var value: EncodedArguments?
    }

    private static func perform(
        _ handlers: HandlerSnapshot, _ event: IncomingEvent, _ socket: AnySocket
    ) async throws -> EncodedArguments? {
        guard !handlers.all.middlewares.isEmpty else { return try await call(handlers, event, socket) }
        let answer = AnswerBox()
        try await chain(handlers.all.middlewares[...], event, socket) {
            answer.value = try await call(handlers, event, socket)
        }
        return answer.value
    }

    private static func call(
        _ handlers: HandlerSnapshot, _ event: IncomingEvent, _ socket: AnySocket
    ) async throws -> EncodedArguments? {
        try await handlers.all.anyEvent.forEach { _ = try await $0(socket, event) }
        let streams = socket.extras?.streams(of: event.name) ?? []
        for stream in streams { try await stream.push(event) }
        guard let named = handlers.all.events[event.name] else {
            return streams.isEmpty ? nil : EncodedArguments()
        }
        var answer: EncodedArguments?
        try await named.forEach { handler in
            let value = try await handler(socket, event)
            answer = answer ?? value
        }
        // An event without an answer of its own is acknowledged all the same: the handler has succeeded.
        return answer ?? EncodedArguments()
    }

    private static func chain(
        _ middlewares: ArraySlice<Middleware>, _ event: IncomingEvent, _ socket: AnySocket,
        _ end: @escaping Next
    ) async throws {
        guard let first = middlewares.first else {
            try await end()
            return
        }
        let rest = middlewares.dropFirst()
        try await first(socket, event) { try await chain(rest, event, socket, end) }
    }

    /// Runs one handler of an event that another server sent.
    func runServer(
        _ handler: ServerEventHandler, _ event: EventPacket, _ node: NodeID?
    ) async -> EncodedArguments? {
        do {
            return try await handler(EventArguments(event.arguments), node)
        } catch {
            logger.warning(
                "a handler of a server's event failed",
                metadata: ["namespace": "\(name)", "event": "\(event.name)", "error": "\(type(of: error))"])
            return nil
        }
    }

    func report(
        _ error: any Error, _ context: ErrorContext, _ socket: AnySocket, _ handlers: HandlerSnapshot
    ) async {
        socket.noteError(context)
        if let handler = handlers.all.error {
            await handler(socket, error, context)
        } else {
            logger.warning(
                "a handler failed",
                metadata: ["namespace": "\(name)", "where": "\(context)", "error": "\(type(of: error))"])
        }
    }
}
