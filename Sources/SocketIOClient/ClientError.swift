/// Why a client could not do what it was asked for. A server's refusal is a `ConnectError` instead.
public enum ClientError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The address is none that a client can connect to.
    case invalidURL(String)
    /// TLS cannot begin as it is configured; the text names the file and says what to do.
    case invalidTLS(String)
    /// The connection could not be opened; the text says what the system or the server said.
    case connectionFailed(String)
    /// No connection within ``SocketClient/Configuration/timeout``.
    case timeout
    /// The socket was disconnected meanwhile.
    case disconnected
    /// The credentials are no JSON object.
    case invalidAuth
    /// The packet is larger than the server takes (`maxPayload`), or than the outbox may hold.
    case packetTooLarge
    /// Too much waits for the connection to come back.
    case offlineBufferFull

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .invalidURL(let why): "invalid URL: \(why)"
        case .invalidTLS(let why): "TLS: \(why)"
        case .connectionFailed(let why): "connection failed: \(why)"
        case .timeout:
            "timeout: no connection in time; is it a Socket.IO server? Else raise the configuration's timeout"
        case .disconnected: "the socket was disconnected meanwhile: connect() it, and try again"
        case .invalidAuth:
            "the credentials are not a JSON object: give a dictionary, or a type with properties"
        case .packetTooLarge:
            "the packet is too large: send it in parts, or raise the server's maxPayload, or maxOutboxBytes here"
        case .offlineBufferFull:
            "too much waits for the connection: wait until it is back, or raise maxOfflinePackets and maxOfflineBytes"
        }
    }
}
