/// Why an Engine.IO session ended.
public enum CloseReason: Equatable, Hashable, Sendable {
    /// The transport broke the protocol or failed.
    case transportError
    /// The transport's connection ended, or the client said goodbye.
    case transportClose
    /// This server closed the session.
    case forcedClose
    /// No pong came within `pingTimeout`.
    case pingTimeout
    /// A packet could not be decoded.
    case parseError
    /// The server is going away.
    case serverShuttingDown
    /// The client reads slower than its outbox may grow.
    case slowConsumer

    /// The reference implementation's words where it has some, ours elsewhere.
    public var description: String {
        switch self {
        case .transportError: "transport error"
        case .transportClose: "transport close"
        case .forcedClose: "forced close"
        case .pingTimeout: "ping timeout"
        case .parseError: "parse error"
        case .serverShuttingDown: "server shutting down"
        case .slowConsumer: "slow consumer"
        }
    }
}
