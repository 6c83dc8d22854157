public import EngineIOProtocol
public import NIOHTTP1

/// A path of an ``EngineListener`` on which WebSockets without Engine.IO are answered.
public struct WebSocketEndpoint: Sendable {
    /// The path, compared exactly.
    public var path: String
    /// Which web pages may connect from a browser.
    public var origins: OriginPolicy
    /// Bytes of one message. More closes with 1009.
    public var maxMessage: Int
    /// Frames of one message. More closes with 1008.
    public var maxFragments: Int
    /// permessage-deflate for clients that offer it; nil declines.
    public var compression: MessageCompression?
    /// Makes the handler of a new connection, on its event loop.
    public var accept: @Sendable (BareWebSocket, HTTPRequestHead) -> any WebSocketHandler

    /// An endpoint with these values.
    public init(
        path: String, origins: OriginPolicy = .sameOrigin, maxMessage: Int = 1_000_000,
        maxFragments: Int = 1_024, compression: MessageCompression? = nil,
        accept: @escaping @Sendable (BareWebSocket, HTTPRequestHead) -> any WebSocketHandler
    ) {
        self.path = path
        self.origins = origins
        self.maxMessage = maxMessage
        self.maxFragments = maxFragments
        self.compression = compression
        self.accept = accept
    }

    var limits: WebSocketLimits { WebSocketLimits(maxMessage: maxMessage, maxFragments: maxFragments) }
}
