public import Logging
public import NIOCore

extension EngineListener {
    /// Makes a connection that somebody else has accepted one of these engines': of a listener of one's own, of a Unix
    /// socket, or of a network without ports. The reference's `engine.attach` and `handleUpgrade`.
    ///
    /// ```swift
    /// .childChannelInitializer { channel in
    ///     channel.eventLoop.makeCompletedFuture {
    ///         try EngineListener.accept(channel, loops: io.loops, engines: [engine], logger: logger)
    ///     }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - channel: nothing may have been read from it. On one of the event loops of `loops`.
    ///   - loops: those of the server that the engines belong to.
    ///   - engines: each answers its own path.
    ///   - plain: answers the requests that are no engine's.
    ///   - limits: all but ``HTTPLimits/maxConnectionsPerAddress``: who accepts connections counts them.
    ///   - isSecure: whether handlers that are in the channel's pipeline already encrypt it.
    ///   - logger: where errors of the connection go.
    /// - Throws: `ChannelError.inappropriateOperationForState` when the channel lives on another event loop.
    public static func accept(
        _ channel: any Channel, loops: Loops, engines: [EngineServer],
        plain: (any PlainRequestResponder)? = nil, limits: HTTPLimits = .init(), isSecure: Bool = false,
        logger: Logger
    ) throws {
        try install(
            in: channel, loops: loops,
            listener: ListenerContext(
                engines: engines, plain: plain, limits: limits, isSecure: isSecure, logger: logger))
    }
}
