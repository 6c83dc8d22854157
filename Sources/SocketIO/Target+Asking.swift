internal import SocketIOCore
internal import SocketIOProtocol

extension Target {
    /// Answers count only if they come in this time. Without it the configuration's `ackTimeout` holds.
    public func timeout(_ timeout: Duration) -> Self { with { $0.timeout = timeout } }

    /// Sends a request to all of them, encoded once, and collects the answers until everybody has answered or is gone,
    /// the time is up, or the task is cancelled. What has come by then is in the report.
    ///
    /// - Throws: `EncodingError`, `EmitError.reservedName(_:)`, or `CallError.tooManyPending` when more broadcasts
    ///   of the namespace wait for answers than `maxPendingCalls`.
    public func call<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ argument: repeat each Argument
    ) async throws -> AckReport<Reply> {
        try await report(request.name, EncodedArguments(coding: namespace.core.coding, repeat each argument))
        {
            try $0.decodeAnswer(Reply.self)
        }
    }

    /// Sends a request whose arguments are encoded already; each answer's arguments stay as they came.
    ///
    /// - Throws: As the other form does.
    public func call(_ name: String, _ arguments: EncodedArguments) async throws -> AckReport<EventArguments>
    {
        try await report(name, arguments) { $0 }
    }

    private func report<Reply: Sendable>(
        _ name: String, _ arguments: EncodedArguments, _ decode: (EventArguments) throws -> Reply
    ) async throws -> AckReport<Reply> {
        let gathered = GatheredAnswers()
        let answers = try namespace.core.ask(
            EventPacket(name, arguments), options: options, timeout: timeout
        ) { gathered.add($0) }
        let reports = await withTaskCancellationHandler {
            await gathered.wait()
        } onCancel: {
            answers.end()
        }
        var report = AckReport<Reply>()
        for item in reports {
            switch item {
            case .asked: break
            case .answered(let encoded, let socket):
                let arguments = EventArguments(encoded, coding: namespace.core.coding)
                report.add(arguments, from: socket, decode)
            case .lost(let socket): report.disconnected.insert(socket)
            case .ended(let missing): report.end(missing)
            }
        }
        return report
    }

    /// Sends a request to all of them and yields each answer as it comes; at the end those who did not answer.
    ///
    /// Whoever stops listening ends the collection.
    ///
    /// - Throws: As ``call(_:_:)-(Request<Reply,Argument>,_)`` does, before anything is sent.
    public func answers<Reply, each Argument>(
        to request: Request<Reply, repeat each Argument>, _ argument: repeat each Argument
    ) throws -> AsyncStream<AckAnswer<Reply>> {
        let (stream, continuation) = AsyncStream.makeStream(of: AckAnswer<Reply>.self)
        let coding = namespace.core.coding
        let event = EventPacket(
            request.name, try EncodedArguments(coding: namespace.core.coding, repeat each argument))
        let answers = try namespace.core.ask(event, options: options, timeout: timeout) { report in
            switch report {
            case .asked: break
            case .answered(let arguments, let socket):
                continuation.yield(
                    AckAnswer(socket: socket, result: Self.result(EventArguments(arguments, coding: coding))))
            case .lost(let socket):
                continuation.yield(AckAnswer(socket: socket, result: .failure(.disconnected)))
            case .ended(let missing):
                // Those that are gone were told of already.
                for socket in missing.silent {
                    continuation.yield(AckAnswer(socket: socket, result: .failure(.timeout)))
                }
                for _ in 0..<missing.unnamedSockets {
                    continuation.yield(AckAnswer(socket: nil, result: .failure(.timeout)))
                }
                continuation.finish()
            }
        }
        continuation.onTermination = { _ in answers.end() }
        return stream
    }

    private static func result<Reply: Decodable>(_ arguments: EventArguments) -> Result<Reply, CallError> {
        do {
            return .success(try arguments.decodeAnswer(Reply.self))
        } catch {
            return .failure(.unexpectedReply("\(error)"))
        }
    }
}
