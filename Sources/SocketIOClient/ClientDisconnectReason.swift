/// Why a socket of a client is no longer connected, in the words of the reference client.
public enum ClientDisconnectReason: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The server made the socket leave. It does not come back by itself.
    case serverDisconnect = "io server disconnect"
    /// ``ClientSocket/disconnect()`` was called.
    case clientDisconnect = "io client disconnect"
    /// The server sent no ping within `pingInterval + pingTimeout`.
    case pingTimeout = "ping timeout"
    /// The connection was closed.
    case transportClose = "transport close"
    /// The connection failed.
    case transportError = "transport error"
    /// The server sent what is no packet.
    case parseError = "parse error"

    /// The reason in words, for example `transport close`.
    public var description: String { rawValue }

    /// Whether the client tries to connect again by itself.
    public var isTemporary: Bool {
        switch self {
        case .serverDisconnect, .clientDisconnect: false
        case .pingTimeout, .transportClose, .transportError, .parseError: true
        }
    }
}
