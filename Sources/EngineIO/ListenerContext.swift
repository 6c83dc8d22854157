internal import Logging
internal import NIOCore

/// What every connection of one listener shares.
struct ListenerContext: Sendable {
    /// The engines, each with its path.
    let engines: [EngineServer]
    /// Paths of WebSockets without an engine.
    let webSockets: [WebSocketEndpoint]
    /// Who answers requests that belong to no engine.
    let plain: (any PlainRequestResponder)?
    let limits: HTTPLimits
    let isSecure: Bool
    let logger: Logger
    /// How many connections each address has; nil when they are not counted.
    let connections: AddressCounter?

    init(
        engines: [EngineServer], webSockets: [WebSocketEndpoint] = [], plain: (any PlainRequestResponder)?,
        limits: HTTPLimits, isSecure: Bool, logger: Logger
    ) {
        self.engines = engines
        self.webSockets = webSockets
        self.plain = plain
        self.limits = limits
        self.isSecure = isSecure
        self.logger = logger
        connections = limits.maxConnectionsPerAddress.map { AddressCounter(limit: $0) }
    }

    func endpoint(for path: Substring) -> WebSocketEndpoint? {
        webSockets.isEmpty ? nil : webSockets.first { $0.path == path }
    }

    func engine(for path: Substring) -> EngineServer? {
        engines.first { $0.configuration.owns(path) }
    }
}
