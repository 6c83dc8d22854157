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

    func engine(for path: Substring) -> EngineServer? {
        engines.first { $0.configuration.owns(path) }
    }
}
