internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import SocketIOProtocol
internal import Synchronization
internal import Testing

@testable internal import EngineIO
@testable internal import SocketIO

/// A server on a real port with a well-behaved client beside the hostile ones.
///
/// After each test that client must still be answered, and nothing of the others may be left.
final class HostileServer: Sendable {
    /// What a server has alive.
    struct Live: Equatable {
        var sessions = 0
        var connections = 0
        var webSockets = 0
        var timers = 0
        var sockets = 0
    }

    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)

    let io: SocketIO
    let listener: EngineListener
    private let reasons = AsyncStream<DisconnectReason>.makeStream()
    private let peers = Mutex<[Peer]>([])

    private init(
        _ configuration: Configuration, _ limits: HTTPLimits, _ setUp: @Sendable (SocketIO) -> Void
    ) async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        io = SocketIO(
            configuration, group: Self.group, loops: .init(group: Self.group), logger: logger)
        let reasons = self.reasons.continuation
        io.namespace()
            .on(raw: "echo") { _, arguments in arguments.encoded }
            .onDisconnect { _, reason in reasons.yield(reason) }
        setUp(io)
        listener = try await io.listen(port: 0, limits: limits)
    }

    /// The defaults, but for what a test would have to wait for.
    static func brief(_ change: (inout Configuration) -> Void = { _ in }) -> Configuration {
        var configuration = Configuration()
        configuration.engine.timings.upgradeTimeout = .milliseconds(300)
        configuration.engine.timings.closeTimeout = .milliseconds(300)
        change(&configuration)
        return configuration
    }

    /// A configuration whose half-open sessions are over soon.
    static func hasty() -> Configuration {
        brief {
            $0.engine.timings.pingInterval = .milliseconds(500)
            $0.engine.timings.pingTimeout = .milliseconds(2_500)
            $0.connectTimeout = .milliseconds(2_000)
        }
    }

    /// Runs a test with a server and a healthy client, and then looks at both.
    static func run(
        _ configuration: Configuration = brief(), limits: HTTPLimits = .init(),
        setUp: @Sendable (SocketIO) -> Void = { _ in },
        _ body: (HostileServer) async throws -> Void
    ) async throws {
        let server = try await HostileServer(configuration, limits, setUp)
        let version = configuration.packetParser == nil ? 4 : 0
        let neighbour = try await server.connect(answersPings: true)
        try await neighbour.openWebSocket()
        if version == 4 { try await neighbour.join() }
        var failure: (any Error)?
        do { try await body(server) } catch { failure = error }
        if version == 4 { #expect(await neighbour.isAnswered(999), "the client beside is answered") }
        for peer in server.peers.withLock({ $0.dropFirst() }) { peer.close() }
        server.endHalfOpenSessions()
        var live = try await server.live()
        while live.sessions > 1 || live.connections > 0 || live.webSockets > 1, failure == nil {
            try Task.checkCancellation()
            try await server.pause()
            live = try await server.live()
        }
        if version == 4 { #expect(live.sockets == 1, "sockets that are left") }
        #expect(live.timers <= 2, "timers that are left")
        neighbour.close()
        try await server.listener.shutdown()
        if let failure { throw failure }
    }

    /// Ends the sessions that would wait for their heartbeat now that their clients are gone.
    private func endHalfOpenSessions() {
        for session in engine.sessions.all {
            session.loop.run {
                if session.transport == .polling { session.end(.transportClose, webSocketCode: nil) }
            }
        }
    }

    /// The engine that listens.
    var engine: EngineServer { listener.engines[0] }

    /// A connection that has said nothing.
    func connect(answersPings: Bool = false) async throws -> Peer {
        let inbox = Inbox(answersPings: answersPings)
        let channel = try await ClientBootstrap(group: Self.group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(inbox)
                }
            }
            .connect(host: "127.0.0.1", port: listener.localAddress?.port ?? 0).get()
        let peer = Peer(channel: channel, inbox: inbox)
        peers.withLock { $0.append(peer) }
        return peer
    }

    /// A client by WebSocket that has joined the root.
    func joined() async throws -> Peer {
        let peer = try await connect()
        try await peer.openWebSocket()
        try await peer.join()
        return peer
    }

    /// Why the next socket that goes has gone; waits for it.
    func nextReason() async -> DisconnectReason? {
        for await reason in reasons.stream { return reason }
        return nil
    }

    /// Waits a moment on an event loop.
    private func pause() async throws {
        let promise = io.loops.eventLoops[0].makePromise(of: Void.self)
        io.loops.eventLoops[0].scheduleTask(in: .milliseconds(5)) { promise.succeed() }
        try await promise.futureResult.get()
    }

    /// Waits until something is so, until the test's time is over.
    func until(_ condition: (Live) -> Bool) async throws {
        while try await !condition(live()) {
            try Task.checkCancellation()
            try await pause()
        }
    }

    func live() async throws -> Live {
        var live = Live()
        for loop in io.loops.loops {
            let (connections, webSockets, timers) = try await loop.eventLoop.submit {
                (loop.connections.count, loop.webSockets.count, loop.wheel.count)
            }.get()
            live.connections += connections
            live.webSockets += webSockets
            live.timers += timers
        }
        live.sessions = engine.sessionCount
        live.sockets = await io.namespace().everyone.sockets().count
        return live
    }

    /// The most that ``unwrittenBytes()`` was while clients go on; ends early above a bound.
    func mostUnwritten(stopAbove bound: Int) async throws -> Int {
        var most = 0
        for _ in 0..<100 where most <= bound {
            most = max(most, try await unwrittenBytes())
            try await pause()
        }
        return most
    }

    /// Bytes that wait for clients which do not read them, of all connections.
    func unwrittenBytes() async throws -> Int {
        var sum = 0
        for loop in io.loops.loops {
            sum += try await loop.eventLoop.submit {
                let channels =
                    loop.webSockets.values.map { $0.channel }
                    + loop.connections.values.compactMap { $0.context?.channel }
                return try channels.reduce(0) {
                    try $0 + ($1.syncOptions?.getOption(.bufferedWritableBytes) ?? 0)
                }
            }.get()
        }
        return sum
    }
}
