internal import EngineIO
internal import EngineIOProtocol
internal import Logging
internal import NIOCore
internal import SocketIO
public import SocketIOClient
internal import Synchronization

/// A network in memory between test clients and one server: no port, no thread's timing, and a clock that
/// only the test moves.
///
/// Bytes travel at once unless a client's network is told otherwise. Everything that is left to chance comes
/// from ``seed``: the same seed gives the same run.
public final class TestNetwork: Sendable {
    /// Where the chance of this run comes from. `SOCKETIO_TEST_SEED` in the environment sets it.
    public let seed: UInt64
    let loops: VirtualLoops
    private let io: SocketIO
    private let engine: EngineServer
    private let clients = Mutex<[TestClient]>([])

    init(_ io: SocketIO, _ loops: VirtualLoops, seed: UInt64) {
        self.io = io
        self.loops = loops
        self.seed = seed
        engine = io.makeEngine()
    }

    /// How much of the test's time has passed.
    public var elapsed: Duration { .nanoseconds((loops.clock.now - VirtualClock.beginning).nanoseconds) }

    /// Moves the time: every timer that comes due fires in its order, and what follows from it has happened
    /// before the next one. Returns when server and clients are at rest.
    public func advance(by amount: Duration) async { await loops.advance(by: TimeAmount(amount)) }

    /// Returns when server and clients have done all that they can do without time passing.
    ///
    /// What handlers do elsewhere, in an actor or a database, is not waited for: wait for what comes of it.
    public func settle() async { await loops.settle() }

    /// A client that does not connect yet, so that its network can be set up first.
    public func client(
        _ namespace: String = "/", auth: Auth = .none,
        configuration: SocketClient.Configuration = TestNetwork.configuration
    ) throws -> TestClient {
        let number = UInt64(clients.withLock { $0.count })
        let conditions = LinkConditions(seed: seed &+ number &* 0x9E37_79B9)
        let dialer = MemoryDialer(loops: loops, io: io, engine: engine, conditions: conditions)
        let client = try SocketClient(
            "http://test.invalid", configuration, eventLoop: loops.next(), dialer: dialer,
            random: SeededRandom(seed: seed &+ number),
            faults: MessageFaults(
                outgoing: { conditions.copies(outgoing: true) },
                incoming: { conditions.copies(outgoing: false) }), logger: Logger(label: "socketio.testing"))
        let test = TestClient(client.socket(namespace, auth: auth), dialer, self)
        clients.withLock { $0.append(test) }
        return test
    }

    /// A client that has joined a namespace.
    ///
    /// - Throws: see `ClientSocket.connect()`.
    public func connect(
        _ namespace: String = "/", auth: Auth = .none,
        configuration: SocketClient.Configuration = TestNetwork.configuration
    ) async throws -> TestClient {
        let client = try client(namespace, auth: auth, configuration: configuration)
        try await client.socket.connect()
        return client
    }

    /// A client that has joined a namespace with credentials.
    public func connect(
        _ namespace: String = "/", auth: some Encodable & Sendable,
        configuration: SocketClient.Configuration = TestNetwork.configuration
    ) async throws -> TestClient {
        try await connect(namespace, auth: Auth(auth), configuration: configuration)
    }

    /// What clients are configured with unless a test says otherwise: the defaults, but for the transport. An
    /// upgrade takes 100 ms of the test's time, during which a client that polls sends nothing; by WebSocket a
    /// client is there at once.
    public static var configuration: SocketClient.Configuration {
        var configuration = SocketClient.Configuration()
        configuration.transports = [.websocket]
        return configuration
    }

    func finish() async {
        for client in clients.withLock({ $0 }) { client.finish() }
        await settle()
        engine.closeAll()
        // Longer than anything waits for a client that is gone.
        await advance(by: .seconds(120))
        loops.clock.cancelAll()
        await settle()
    }
}
