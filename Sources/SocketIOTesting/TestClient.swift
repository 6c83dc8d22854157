internal import NIOCore
public import SocketIOClient

/// A client of a test: a real `ClientSocket`, and the network under it in the test's hands.
public final class TestClient: Sendable {
    /// The socket, for everything that is not here.
    public let socket: ClientSocket
    private let dialer: MemoryDialer
    private unowned let network: TestNetwork
    private let inbox: Inbox

    init(_ socket: ClientSocket, _ dialer: MemoryDialer, _ network: TestNetwork) {
        self.socket = socket
        self.dialer = dialer
        self.network = network
        let inbox = Inbox(eventLoop: socket.client.eventLoop)
        self.inbox = inbox
        socket.onAny { inbox.add($0) }
    }

    /// The socket's id; nil while it is not connected.
    public var id: String? { socket.id }

    // MARK: - Events

    /// Sends an event and returns when the transport has taken it.
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) async throws {
        try await socket.send(event, repeat each argument)
    }

    /// Sends a request and waits for its answer, until `timeout` of the test's time is over.
    public func call<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ argument: repeat each Argument,
        timeout: Duration = .seconds(10)
    ) async throws -> Reply {
        try await socket.call(request, repeat each argument, timeout: timeout)
    }

    /// The arguments of the next event of this name that the test has not taken yet; waits for it.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - deadline: in the test's time, which somebody else must move.
    ///   - patience: how long to wait in real time, should nobody do so.
    /// - Throws: ``TestFailure``, `DecodingError`.
    public func next<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, within deadline: Duration = .seconds(30),
        patience: Duration = .seconds(10)
    ) async throws -> (repeat each Argument) {
        let arguments = try await inbox.next(
            event.name, within: TimeAmount(deadline), patience: TimeAmount(patience))
        return try arguments.decode(repeat (each Argument).self)
    }

    /// The names of the events that have come and were not taken, when everything is at rest.
    public func unread() async throws -> [String] {
        await network.settle()
        return try await inbox.names()
    }

    // MARK: - The network

    /// Bytes take so long, and up to `jitter` longer, each way. Those of one connection keep their order;
    /// those of several do not.
    public func delay(by latency: Duration, jitter: Duration = .zero) {
        dialer.conditions.change {
            $0.latency = TimeAmount(latency)
            $0.jitter = TimeAmount(jitter)
        }
    }

    /// Bytes arrive in pieces of any length.
    public func split(_ splits: Bool = true) { dialer.conditions.change { $0.splits = splits } }

    /// Events and acks get lost, each with this probability, as if the other side had never sent them.
    public func lose(outgoing: Double = 0, incoming: Double = 0) {
        dialer.conditions.change {
            $0.lossOut = outgoing
            $0.lossIn = incoming
        }
    }

    /// Events and acks come twice, each with this probability.
    public func duplicate(outgoing: Double = 0, incoming: Double = 0) {
        dialer.conditions.change {
            $0.doublingOut = outgoing
            $0.doublingIn = incoming
        }
    }

    /// The network fails: both sides notice at once, and no connection can be opened until ``reconnect()`` or
    /// ``restoreNetwork()``.
    public func dropNetwork() async {
        dialer.conditions.change { $0.isDown = true }
        dialer.resetAll()
        await network.settle()
    }

    /// The network swallows everything and says nothing: only the heartbeat tells, when time passes.
    public func cut() { dialer.conditions.change { $0.isCut = true } }

    /// The network works again; connections that swallowed something stay broken, as in the world.
    public func restoreNetwork() {
        dialer.conditions.change {
            $0.isDown = false
            $0.isCut = false
        }
    }

    /// The network works again, and the clock moves until the client has come back.
    ///
    /// - Returns: whether its session was recovered.
    /// - Throws: ``TestFailure/notInTime(event:)`` when two minutes were not enough.
    @discardableResult
    public func reconnect() async throws -> Bool {
        restoreNetwork()
        for _ in 0..<240 where !socket.isConnected { await network.advance(by: .milliseconds(500)) }
        guard socket.isConnected else { throw TestFailure.notInTime(event: "connect") }
        return socket.recovered
    }

    func finish() {
        socket.client.disconnect()
        let inbox = inbox
        socket.client.eventLoop.execute { inbox.close() }
    }
}
