public import NIOCore
public import NIOHTTP1

/// Writes the answer to one plain request. Each write waits until the connection has taken the bytes.
public struct PlainResponseWriter: Sendable {
    private let connection: NIOLoopBound<HTTPConnection>
    private let eventLoop: any EventLoop
    private let number: Int

    init(connection: HTTPConnection, number: Int) {
        self.number = number
        eventLoop = connection.loop.eventLoop
        self.connection = NIOLoopBound(connection, eventLoop: eventLoop)
    }

    /// Writes status and headers. Without a `Content-Length` the body is chunked.
    public func write(head: HTTPResponseHead) async throws {
        try await perform { $0.writePlain(.head(head), number: number, promise: $1) }
    }

    /// Writes a piece of the body.
    public func write(body: ByteBuffer) async throws {
        try await perform { $0.writePlain(.body(.byteBuffer(body)), number: number, promise: $1) }
    }

    /// Ends the answer.
    public func writeEnd(trailers: HTTPHeaders? = nil) async throws {
        try await perform { $0.writePlain(.end(trailers), number: number, promise: $1) }
    }

    func responderEnded(failed: Bool) {
        eventLoop.execute { self.connection.value.plainEnded(number: self.number, failed: failed) }
    }

    private func perform(
        _ work: @escaping @Sendable (HTTPConnection, EventLoopPromise<Void>) -> Void
    ) async throws {
        let promise = eventLoop.makePromise(of: Void.self)
        eventLoop.execute { work(self.connection.value, promise) }
        try await promise.futureResult.get()
    }
}
