internal import EngineIOProtocol

@testable internal import SocketIOClient

/// How a client of the tests reaches the server.
enum Way: String, CaseIterable, Sendable {
    case polling
    case webSocket
    case upgrade

    var configuration: SocketClient.Configuration {
        var configuration = SocketClient.Configuration()
        configuration.backoff = Backoff(
            delay: .milliseconds(1), maxDelay: .milliseconds(5), randomizationFactor: 0.5)
        switch self {
        case .polling: configuration.transports = [.polling]
        case .webSocket: configuration.transports = [.websocket]
        case .upgrade: break
        }
        return configuration
    }

    func client(_ url: String) throws -> SocketClient {
        try SocketClient(url, configuration, logger: RunningServer.logger)
    }
}
