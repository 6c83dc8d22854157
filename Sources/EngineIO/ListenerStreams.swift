public import NIOCore

/// Where a connection that carries many requests beside each other (HTTP/2) gives them.
public struct ListenerStreams: Sendable {
    let loops: EngineListener.Loops
    let listener: ListenerContext

    /// The bounds of the HTTP side.
    public var limits: HTTPLimits { listener.limits }

    /// Says that a connection on this event loop carries streams, so that it is told when the listener ends.
    public func began(_ connection: any MultiplexedConnection, on eventLoop: any EventLoop) {
        loops.loop(for: eventLoop)?.multiplexed[ObjectIdentifier(connection)] = connection
    }

    /// Says that the connection is gone.
    public func ended(_ connection: any MultiplexedConnection, on eventLoop: any EventLoop) {
        loops.loop(for: eventLoop)?.multiplexed[ObjectIdentifier(connection)] = nil
    }

    /// Answers the request of one stream. Its pipeline must make `HTTPServerRequestPart`s of what comes, and take
    /// `HTTPServerResponsePart`s.
    public func serve(_ stream: any Channel, tls: ConnectionTLS) throws {
        guard let loop = loops.loop(for: stream.eventLoop) else {
            throw ChannelError.inappropriateOperationForState
        }
        try stream.pipeline.syncOperations.addHandler(
            HTTPConnection(loop: loop, listener: listener, upgradePipeline: nil, tls: tls))
    }
}
