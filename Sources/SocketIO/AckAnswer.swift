public import SocketIOCore

/// What one of many sockets made of a request.
public struct AckAnswer<Reply: Sendable>: Sendable {
    /// The socket; nil when another server's protocol does not tell.
    public let socket: SocketID?
    /// Its answer, or why there is none.
    public let result: Result<Reply, CallError>
}
