public import Logging
public import NIOCore
internal import NIOPosix

/// A TCP port on which engines and plain HTTP requests are answered side by side.
public final class EngineListener: Sendable {
    /// The event loops of a listener, in the order of ``EngineSession/loopIndex``.
    public struct Loops: Sendable {
        let loops: [EngineLoop]

        /// One entry a loop of `group`.
        public init(group: any EventLoopGroup) {
            loops = group.makeIterator().enumerated().map { EngineLoop(eventLoop: $1, index: $0) }
        }

        /// Loops on threads of their own.
        ///
        /// - Parameter threads: nil takes the threads that the process shares, one a core.
        public static func onThreads(_ threads: Int? = nil) -> (group: any EventLoopGroup, loops: Loops) {
            let group: any EventLoopGroup =
                threads.map { MultiThreadedEventLoopGroup(numberOfThreads: max(1, $0)) }
                ?? MultiThreadedEventLoopGroup.singleton
            return (group, Loops(group: group))
        }

        /// The event loops, by index.
        public var eventLoops: [any EventLoop] { loops.map(\.eventLoop) }

        func loop(for eventLoop: any EventLoop) -> EngineLoop? {
            loops.first { $0.eventLoop === eventLoop }
        }
    }

    /// Where the listener listens.
    public let localAddress: SocketAddress?
    let channel: any Channel
    let loops: Loops
    /// The engines that answer here, each its own path.
    public let engines: [EngineServer]

    private init(channel: any Channel, loops: Loops, engines: [EngineServer]) {
        self.channel = channel
        self.loops = loops
        self.engines = engines
        localAddress = channel.localAddress
    }

    /// Binds `host` and `port` and starts to accept.
    ///
    /// - Parameters:
    ///   - host: the address, or the name of one.
    ///   - port: 0 takes any free port; ``localAddress`` tells which.
    ///   - group: where the connections' event loops come from.
    ///   - loops: those of `group`.
    ///   - engines: each answers its own path.
    ///   - webSockets: paths of WebSockets without an engine.
    ///   - plain: answers everything else; without it that is 404.
    ///   - limits: bounds of the HTTP side.
    ///   - tls: encrypts the connections; nil speaks plain HTTP.
    ///   - logger: where errors of connections go.
    /// - Throws: ``EngineConfigurationError`` when an engine cannot run as it is configured, or what the system says
    ///   when the address cannot be bound.
    public static func bind(
        host: String, port: Int, group: any EventLoopGroup, loops: Loops, engines: [EngineServer],
        webSockets: [WebSocketEndpoint] = [], plain: (any PlainRequestResponder)? = nil,
        limits: HTTPLimits = .init(), tls: (any ListenerTLS)? = nil, logger: Logger
    ) async throws -> EngineListener {
        for engine in engines { try engine.configuration.validate() }
        let listener = ListenerContext(
            engines: engines, webSockets: webSockets, plain: plain, limits: limits, isSecure: tls != nil,
            logger: logger)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Here, and not as options of the bootstrap, which takes several futures for each.
                    try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
                    try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
                    try tls?.secure(channel, streams: ListenerStreams(loops: loops, listener: listener))
                    try install(in: channel, loops: loops, listener: listener)
                }
            }
            .bind(host: host, port: port).get()
        tls?.listenerStarted(channel)
        HeapTrim.start(with: channel)
        return EngineListener(channel: channel, loops: loops, engines: engines)
    }

    /// Makes `channel` a connection of a listener with these parts; for channels that have no socket.
    static func install(in channel: any Channel, loops: Loops, listener: ListenerContext) throws {
        guard let loop = loops.loop(for: channel.eventLoop) else {
            throw ChannelError.inappropriateOperationForState
        }
        try UpgradePipeline.install(in: channel, loop: loop, listener: listener)
    }

    /// Returns when the listener has been closed.
    public func closed() async throws {
        try await channel.closeFuture.get()
    }
}
