internal import NIOCore
public import SocketIOEvents

/// The events of one socket and one name, from ``AnySocket/events(_:buffer:)``.
///
/// Ends when the socket is disconnected. The events stop coming here when the last copy of the stream and of its
/// iterators is gone, or when the task that waits is cancelled. For one reader.
/// `Element` is the event's arguments: a tuple, or the one that there is.
public struct EventStream<Element>: AsyncSequence, Sendable {
    public typealias Failure = Never

    let buffer: StreamBuffer<Element>

    /// Reads the stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let buffer: StreamBuffer<Element>

        /// The next event's arguments; nil when the socket is disconnected or the task is cancelled.
        public mutating func next() async -> Element? { await buffer.next() }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(buffer: buffer) }
}

extension AnySocket {
    /// The events of this name that arrive from now on, for conversation-like code.
    ///
    /// While the stream lives they pass the middleware and the namespace's listeners as always, but beside the
    /// socket's other events, so that a handler may wait for them. An event counts as handled (and is acknowledged,
    /// if nobody else answers it) when it is in the stream. When `buffer` events wait in the stream no further ones
    /// are taken; the connection is not read any more when those that wait before it are too many.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - buffer: at least 1.
    public func events<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, buffer: Int = 16
    ) -> EventStream<(repeat each Argument)> {
        let buffer = StreamBuffer<(repeat each Argument)>(limit: max(1, buffer))
        let name = event.name
        onLoop { [weak buffer] in
            guard let buffer else { return }
            guard self.isConnectedFlag else {
                buffer.end()
                return
            }
            let extras = self.extrasMade()
            let id = extras.nextSinkID()
            buffer.onRelease { [weak self] in
                guard let self else { return }
                self.onLoop { self.extras?.removeSink(id, of: name) }
            }
            extras.add(
                .init(
                    id: id,
                    push: { [weak buffer] incoming throws(Undecodable) in
                        let arguments = try Undecodable.mark {
                            try incoming.arguments.decode(repeat (each Argument).self)
                        }
                        await buffer?.push(arguments)
                    },
                    end: { [weak buffer] in buffer?.end() }), for: name)
        }
        return EventStream(buffer: buffer)
    }

    /// The arguments of the next event of this name that arrives.
    ///
    /// - Throws: `CallError.timeout`; `CallError.disconnected`; `CancellationError`.
    public func next<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, timeout: Duration
    ) async throws -> (repeat each Argument) {
        let buffer = events(event, buffer: 1).buffer
        let deadline = eventLoop.scheduleTask(in: TimeAmount(timeout)) { buffer.end(isTimeout: true) }
        defer { deadline.cancel() }
        if let arguments = await buffer.next() { return arguments }
        try Task.checkCancellation()
        throw buffer.hasTimedOut ? CallError.timeout : CallError.disconnected
    }
}
