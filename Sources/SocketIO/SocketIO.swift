public import EngineIO
public import Logging
package import NIOCore
internal import Synchronization

/// A Socket.IO server.
///
/// ```swift
/// let io = SocketIO()
/// io.namespace().on(Event<String>("hello")) { socket, name in
///     socket.emit(Event<String>("hello"), "Hi \(name)")
/// }
/// try await io.serve(host: "127.0.0.1", port: 3000)
/// ```
public final class SocketIO: Sendable {
    /// How the server behaves.
    public let configuration: Configuration
    /// The event loops that the server's connections live on.
    public let loops: EngineListener.Loops
    let logger: Logger
    package let group: any EventLoopGroup
    /// The engines that were made, as long as somebody uses them.
    private let engines = Mutex<[WeakEngine]>([])
    let registry: NamespaceRegistry
    let wire: WireFormat
    /// One for each event loop, in their order.
    let executors: [LoopExecutor]

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - configuration: how the server behaves.
    ///   - threads: how many event loops; nil shares the process's own, one a core.
    ///   - logger: where it says what happens.
    public convenience init(
        _ configuration: Configuration = .init(), threads: Int? = nil,
        logger: Logger = Logger(label: "socketio")
    ) {
        let (group, loops) = EngineListener.Loops.onThreads(threads)
        self.init(configuration, group: group, loops: loops, logger: logger)
    }

    /// A server on event loops that somebody else runs, such as loops whose clock is set by hand.
    ///
    /// - Parameter loops: those of `group`.
    package init(
        _ configuration: Configuration, group: any EventLoopGroup, loops: EngineListener.Loops, logger: Logger
    ) {
        self.configuration = configuration
        self.logger = logger
        self.group = group
        self.loops = loops
        executors = loops.eventLoops.map { LoopExecutor(eventLoop: $0) }
        wire = WireFormat(parser: configuration.packetParser, coding: configuration.json, logger: logger)
        registry = NamespaceRegistry(
            maxChildren: configuration.maxChildNamespaces,
            dropsEmptyChildren: configuration.cleanupEmptyChildNamespaces)
    }

    // MARK: - Serving

    /// The engine below, for an `EngineListener` of one's own.
    public func makeEngine() -> EngineServer {
        let engine = EngineServer(
            configuration: configuration.engine, application: SocketIOApplication(server: self))
        engines.withLock { engines in
            engines.removeAll { $0.engine == nil }
            engines.append(WeakEngine(engine: engine))
        }
        return engine
    }

    /// The engines that are in use.
    var liveEngines: [EngineServer] { engines.withLock { $0.compactMap(\.engine) } }

    private struct WeakEngine {
        weak var engine: EngineServer?
    }

    /// Listens and returns at once.
    ///
    /// - Parameters:
    ///   - host: the address, or the name of one, to listen on; `127.0.0.1` is heard by this machine alone.
    ///   - port: 0 takes any free port.
    ///   - beside: further engines on the same port, each with its own path.
    ///   - plain: answers the requests that are not Socket.IO's.
    ///   - limits: bounds of the HTTP side.
    ///   - tls: encrypts the connections, such as `ServerTLS` of the product SocketIOTLS; nil speaks plain HTTP.
    public func listen(
        host: String = "127.0.0.1", port: Int, beside: [EngineServer] = [],
        plain: (any PlainRequestResponder)? = nil, limits: HTTPLimits = .init(),
        tls: (any ListenerTLS)? = nil
    ) async throws -> EngineListener {
        try await EngineListener.bind(
            host: host, port: port, group: group, loops: loops, engines: [makeEngine()] + beside,
            plain: plain, limits: limits, tls: tls, logger: logger)
    }
}

/// Gives every engine session a Socket.IO connection.
private struct SocketIOApplication: EngineApplication {
    let server: SocketIO

    func sessionOpened(_ session: EngineSession) -> any EngineSessionHandler {
        let connection = Connection(session: session, server: server)
        connection.opened()
        return connection
    }
}
