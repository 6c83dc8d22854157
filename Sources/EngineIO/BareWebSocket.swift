internal import EngineIOProtocol
public import NIOCore
public import WebSocketProtocol

/// A WebSocket without Engine.IO on it, accepted by a ``WebSocketEndpoint``.
///
/// While its peer does not read, it is not read either. All methods may be called from anywhere.
public struct BareWebSocket: Sendable {
    private let connection: WebSocketConnection

    init(connection: WebSocketConnection) {
        self.connection = connection
    }

    /// The event loop that the handler is called on.
    public var eventLoop: any EventLoop { connection.loop.eventLoop }

    /// Sends a text message; it must be valid UTF-8.
    public func send(text: [UInt8]) {
        connection.write([OutboxEntry(.text(text))])
    }

    /// Sends a binary message.
    public func send(binary: [UInt8]) {
        connection.write([OutboxEntry(.binary(binary))])
    }

    /// Starts the closing handshake. The handler hears of nothing more, not even of the end.
    public func close(code: CloseCode? = .normal) {
        connection.close(code: code)
    }
}
