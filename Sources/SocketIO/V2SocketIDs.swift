/// What the ids of sockets of Socket.IO v2 clients are.
///
/// Such a client is not told an id: it takes the engine's session id, with the namespace before it outside the root.
public enum V2SocketIDs: Sendable, Equatable {
    /// What the client takes for its id: the session id in `/`, `/name#<session id>` elsewhere; the reference's way.
    ///
    /// Whoever learns the id of a socket that polls may speak and listen in its place, until it has moved to a
    /// WebSocket. Choose this only where ids are not shown to other clients, or clients use WebSockets alone.
    case sessionID
    /// Random ids like those of newer clients: secret sessions stay secret, but `socket.id` on the client is
    /// not the id that the server knows.
    case random
}
