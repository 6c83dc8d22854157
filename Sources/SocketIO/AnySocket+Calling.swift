internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol

extension AnySocket {
    /// Sends a request and waits for its answer. A task that is cancelled stops waiting at once.
    ///
    /// - Parameters:
    ///   - request: the event, and the type of its answer.
    ///   - argument: the event's arguments.
    ///   - timeout: nil takes the configuration's `ackTimeout`.
    /// - Throws: `CallError`, `EmitError`, `EncodingError` or `CancellationError`.
    public func call<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ argument: repeat each Argument,
        timeout: Duration? = nil
    ) async throws -> Reply {
        let arguments = try EncodedArguments(coding: core.coding, repeat each argument)
        let answer = try await call(request.name, arguments, timeout: timeout)
        do {
            return try answer.decodeAnswer(Reply.self)
        } catch {
            throw CallError.unexpectedReply("\(error)")
        }
    }

    /// Sends a request whose arguments are encoded already, and waits for the arguments of its ack.
    ///
    /// - Parameters:
    ///   - name: the event's name.
    ///   - arguments: the event's arguments, encoded.
    ///   - timeout: nil takes the configuration's `ackTimeout`.
    /// - Throws: `CallError`, `EmitError` or `CancellationError`.
    public func call(
        _ name: String, _ arguments: EncodedArguments, timeout: Duration? = nil
    ) async throws -> EventArguments {
        guard !ReservedNames.isReserved(name) else { throw EmitError.reservedName(name) }
        guard let spans = core.settings.spans else {
            return try await begunCall(name, arguments, timeout: timeout)
        }
        return try await spans.record(span(.call, name)) {
            try await self.begunCall(name, arguments, timeout: timeout)
        }
    }

    private func begunCall(
        _ name: String, _ arguments: EncodedArguments, timeout: Duration?
    ) async throws -> EventArguments {
        try Task.checkCancellation()
        let promise = eventLoop.makePromise(of: EventArguments.self)
        let id = core.nextAckID()
        let timeout = TimeAmount(timeout ?? connection.configuration.ackTimeout)
        onLoop { self.beginCall(id, name, arguments, timeout: timeout, promise) }
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            // Runs after the beginning: both go to the loop in this order.
            onLoop { self.endCall(id, CancellationError()) }
        }
    }

    /// Sends an event again and again until the client acknowledges it: at least once, as long as the socket lives.
    ///
    /// A client whose ack got lost handles the event twice; give it something to tell repetitions by.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - argument: the event's arguments.
    ///   - retries: How often it is sent again after the first time.
    ///   - timeout: How long each attempt waits; nil takes the configuration's `ackTimeout`.
    /// - Throws: `CallError.timeout` after the last attempt, `CallError.disconnected`, `CallError.tooManyPending`,
    ///   `EmitError`, `EncodingError` or `CancellationError`.
    public func deliver<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument, retries: Int = 3,
        timeout: Duration? = nil
    ) async throws {
        let arguments = try EncodedArguments(coding: core.coding, repeat each argument)
        var left = max(0, retries)
        while true {
            do {
                _ = try await call(event.name, arguments, timeout: timeout)
                return
            } catch CallError.timeout where left > 0 {
                left -= 1
            }
        }
    }

    private func beginCall(
        _ id: UInt64, _ name: String, _ arguments: EncodedArguments, timeout: TimeAmount,
        _ promise: EventLoopPromise<EventArguments>
    ) {
        guard isConnectedFlag else {
            promise.fail(CallError.disconnected)
            return
        }
        let deadline = eventLoop.scheduleTask(in: timeout) { [weak self] () -> Void in
            self?.endCall(id, CallError.timeout)
        }
        let waiter = SocketExtras.AckWaiter(promise: promise, timeout: deadline)
        guard extrasMade().acks.insert(waiter, id: id) else {
            deadline.cancel()
            promise.fail(CallError.tooManyPending)
            return
        }
        noteCall()
        tellWatchers(name, arguments, wantsAck: true)
        writeOnLoop(core.encode(name, arguments, ackID: id))
    }

    private func endCall(_ id: UInt64, _ error: any Error) {
        guard let waiter = extras?.acks.take(id) else { return }
        noteCallEnded(error)
        waiter.timeout.cancel()
        waiter.promise.fail(error)
    }
}
