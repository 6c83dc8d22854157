internal import WebSocketProtocol

/// What WebSocket clients are told when the server goes away.
public enum ShutdownCode: Sendable, Equatable {
    /// 1001: the server goes away.
    case goingAway
    /// 1012: the server restarts; come back.
    case serviceRestart

    var closeCode: CloseCode {
        switch self {
        case .goingAway: .goingAway
        case .serviceRestart: .serviceRestart
        }
    }
}
