public import SocketIOProtocol

/// What one server answered to an event between servers.
public struct ServerAnswer: Sendable, Equatable {
    /// The server, where the adapter's protocol tells.
    public var node: NodeID?
    /// Its answer.
    public var arguments: EncodedArguments

    /// The answer of this server.
    public init(_ arguments: EncodedArguments, node: NodeID?) {
        self.arguments = arguments
        self.node = node
    }
}
