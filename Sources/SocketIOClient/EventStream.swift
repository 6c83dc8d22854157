/// The events of one name, in order, as they come: `for await (name, bytes) in socket.events(upload)`.
///
/// Nothing is lost from the moment that the stream is made: it holds some events, and when nobody takes them
/// the connection is not read any more. A stream that is dropped takes no part. It goes on over
/// reconnections and ends when the socket is disconnected for good.
public struct EventStream<each Argument: Codable & Sendable>: AsyncSequence, Sendable {
    public typealias Element = (repeat each Argument)

    private let owner: Owner

    /// Lives as long as the stream or one of its iterators.
    fileprivate final class Owner: Sendable {
        let buffer: EventBuffer
        let onMismatch: @Sendable (any Error) -> Void

        init(_ buffer: EventBuffer, _ onMismatch: @escaping @Sendable (any Error) -> Void) {
            self.buffer = buffer
            self.onMismatch = onMismatch
        }

        deinit { buffer.finish() }
    }

    init(_ buffer: EventBuffer, onMismatch: @escaping @Sendable (any Error) -> Void) {
        owner = Owner(buffer, onMismatch)
    }

    public func makeAsyncIterator() -> Iterator { Iterator(owner: owner) }

    /// Takes events off the stream; one iterator at a time.
    public struct Iterator: AsyncIteratorProtocol {
        private let owner: Owner

        fileprivate init(owner: Owner) { self.owner = owner }

        /// The next event's arguments; nil at the end. Events whose arguments are of other types are logged
        /// and left out.
        public mutating func next() async -> (repeat each Argument)? {
            while let event = await owner.buffer.next() {
                do {
                    let values: (repeat each Argument) = try event.arguments.decode(
                        repeat (each Argument).self)
                    return values
                } catch {
                    owner.onMismatch(error)
                }
            }
            return nil
        }
    }
}
