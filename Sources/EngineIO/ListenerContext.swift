internal import Logging
internal import NIOCore

/// What every connection of one listener shares.
struct ListenerContext: Sendable {
    /// The engines, each with its path.
    let engines: [EngineServer]
    /// Who answers requests that belong to no engine.
    let plain: (any PlainRequestResponder)?
    let limits: HTTPLimits
    let isSecure: Bool
    let logger: Logger
    /// How many connections each address has; nil when they are not counted.
    let connections: AddressCounter?

    init(
        engines: [EngineServer], plain: (any PlainRequestResponder)?, limits: HTTPLimits, isSecure: Bool,
        logger: Logger
    ) {
        self.engines = engines
        self.plain = plain
        self.limits = limits
        self.isSecure = isSecure
        self.logger = logger
        connections = limits.maxConnectionsPerAddress.map { AddressCounter(limit: $0) }
    }

    func engine(for path: Substring) -> EngineServer? {
        engines.first { $0.configuration.owns(path) }
    }
}
