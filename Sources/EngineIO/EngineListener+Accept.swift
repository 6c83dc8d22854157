package import Logging
package import NIOCore

extension EngineListener {
    /// Makes `channel`, which lives on one of `loops`, a connection of these engines: for networks without
    /// ports.
    package static func accept(
        _ channel: any Channel, loops: Loops, engines: [EngineServer], limits: HTTPLimits = .init(),
        logger: Logger
    ) throws {
        try install(
            in: channel, loops: loops,
            listener: ListenerContext(
                engines: engines, plain: nil, limits: limits, isSecure: false, logger: logger))
    }
}
