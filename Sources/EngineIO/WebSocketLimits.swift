/// Bounds of the messages of one WebSocket.
struct WebSocketLimits: Sendable {
    /// Bytes of a message, inflated.
    var maxMessage: Int
    /// Frames of a message.
    var maxFragments: Int
}
