/// Why a socket is no longer connected, as its disconnect handlers, the log and the metrics are told.
///
/// The first nine are the server-side reasons of Socket.IO, spelled as the reference spells them.
public enum DisconnectReason: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The transport failed, or a message was larger than the server takes.
    case transportError = "transport error"
    /// The peer closed the transport.
    case transportClose = "transport close"
    /// The engine connection was closed from this side, as after a malformed packet.
    case forcedClose = "forced close"
    /// The peer did not answer a ping in time.
    case pingTimeout = "ping timeout"
    /// The peer sent what is no Engine.IO packet.
    case parseError = "parse error"
    /// The server is going down.
    case serverShuttingDown = "server shutting down"
    /// The peer sent a packet that its namespaces do not allow, or did not join any in time.
    case forcedServerClose = "forced server close"
    /// The peer left the namespace.
    case clientNamespaceDisconnect = "client namespace disconnect"
    /// The server made the socket leave the namespace.
    case serverNamespaceDisconnect = "server namespace disconnect"

    /// Ours: the peer read too slowly, and what waited for it outgrew its bound.
    case slowConsumer = "slow consumer"
    /// Ours: the peer joined no namespace in time.
    case connectTimeout = "connect timeout"
    /// Ours: the client has come back on another connection before this one was seen to be dead.
    case sessionTakenOver = "session taken over"
    /// Ours: the right to be connected ended.
    case unauthorized = "unauthorized"

    /// Ours: the peer sent too many events.
    case rateLimited = "rate limited"

    /// The reason in words, for example `transport error`.
    public var description: String { self.rawValue }
}
