public import NIOCore

/// Hears of one WebSocket of a ``WebSocketEndpoint``. Every method is called on the connection's event loop.
public protocol WebSocketHandler: AnyObject {
    /// A whole text message; it is valid UTF-8.
    func received(text: ByteBuffer)
    /// A whole binary message.
    func received(binary: ByteBuffer)
    /// The connection is over. Nothing follows.
    func closed()
}
