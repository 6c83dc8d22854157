public import NIOCore
public import NIOHTTP1

/// A whole answer that a middleware gives.
public struct EngineResponse: Sendable {
    /// The status.
    public var status: HTTPResponseStatus
    /// The headers, without `Content-Length` and `Connection`.
    public var headers: HTTPHeaders
    /// The body.
    public var body: ByteBuffer

    /// An answer with these parts.
    public init(status: HTTPResponseStatus, headers: HTTPHeaders = [:], body: ByteBuffer = ByteBuffer()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
