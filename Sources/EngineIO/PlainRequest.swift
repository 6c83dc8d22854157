public import NIOCore
public import NIOHTTP1

/// An HTTP request that belongs to no engine: a page, a route of the application.
public struct PlainRequest: Sendable {
    /// The body as it arrives; reading slowly slows the client down.
    public typealias Body = NIOThrowingAsyncSequenceProducer<
        ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark,
        PlainBodyDelegate
    >

    /// The method, target and headers.
    public let head: HTTPRequestHead
    /// The body's chunks; ends when the body ends, throws when the connection does.
    public let body: Body
    /// The connection, for its addresses and allocator.
    public let channel: any Channel
    /// Whether the connection is encrypted up to this process.
    public let isSecure: Bool
}

/// Answers the requests that belong to no engine.
public protocol PlainRequestResponder: Sendable {
    /// Answers `request` through `writer`. When this throws before the head was written, the client gets a 500.
    func respond(to request: PlainRequest, writer: PlainResponseWriter) async throws
}
