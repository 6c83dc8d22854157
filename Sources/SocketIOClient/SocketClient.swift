public import EngineIOProtocol
public import Logging
public import NIOCore
internal import NIOPosix
internal import SocketIOProtocol
internal import Synchronization

/// A Socket.IO client: one connection to one server, shared by the sockets of all namespaces (the reference
/// client calls it `Manager`).
///
/// ```swift
/// let client = try SocketClient("http://localhost:3000")
/// let chat = try await client.connect("/chat", auth: Auth(["token": "..."]))
/// chat.on(Event<String>("chat message")) { text in print(text) }
/// chat.emit(Event<String>("chat message"), "hello")
/// ```
///
/// The client and its sockets live on one event loop; their methods may be called from anywhere. A client
/// that has a socket which is not disconnected stays alive, and connected, whoever holds it.
public final class SocketClient: @unchecked Sendable {
    /// Something that happened to the connection, for logs and displays.
    public enum Event: Sendable, Equatable {
        /// The connection is open, by this transport.
        case connected(TransportName)
        /// It moved to a WebSocket.
        case upgraded
        /// It ended, for this reason.
        case disconnected(ClientDisconnectReason)
        /// An attempt failed; the text says why.
        case attemptFailed(String)
        /// The attempt of this number, from 1, comes in so long.
        case reconnecting(attempt: Int, after: Duration)
        /// The attempt of this number succeeded.
        case reconnected(attempt: Int)
        /// No further attempt will be made.
        case reconnectFailed
    }

    /// How the client behaves.
    public let configuration: Configuration
    /// The event loop that the client lives on.
    public let eventLoop: any EventLoop
    let logger: Logger
    let executor: ClientExecutor
    let requests: RequestBuilder
    let dialer: any Dialer
    /// How often a packet is sent or taken in: a test's faults.
    let faults: MessageFaults?
    private let listeners = Mutex<[@Sendable (Event) -> Void]>([])

    // Confined to the event loop from here on.
    var random: any RandomNumberGenerator & Sendable
    var reconnection: ReconnectionStateMachine
    var engine: ClientEngine?
    var isOpen = false
    var sockets: [String: ClientSocket] = [:]
    var attemptTimer: Scheduled<Void>?
    var reconnectTimer: Scheduled<Void>?
    var jar = CookieJar()
    let decoder: SocketIOProtocol.PacketDecoder
    var attachments: AttachmentCollector
    var incomplete: IncompletePacket?
    private var paused: Set<ObjectIdentifier> = []
    private let known = Mutex<[String: WeakSocket]>([:])

    private struct WeakSocket: Sendable {
        weak let socket: ClientSocket?
    }

    /// A client of the server at `url`, which does not connect yet.
    ///
    /// - Parameters:
    ///   - url: `http`, `https`, `ws` or `wss`, a host, and perhaps a port and a query. A namespace is not
    ///     part of it.
    ///   - configuration: how the client behaves.
    ///   - group: where the client's event loop comes from; nil shares the process's own.
    ///   - logger: where it says what nobody else is told.
    /// - Throws: ``ClientError/invalidURL(_:)``; with `https` and `wss` also ``ClientError/invalidTLS(_:)``. Their
    ///     trusted
    ///   roots are read here, from the disk.
    public convenience init(
        _ url: String, _ configuration: Configuration = .init(),
        group: (any EventLoopGroup)? = nil,
        logger: Logger = Logger(label: "socketio.client")
    ) throws {
        let url = try ClientURL(url)
        let dialer = try Self.dialer(for: url, configuration)
        self.init(
            url: url, configuration, eventLoop: (group ?? MultiThreadedEventLoopGroup.singleton).next(),
            dialer: dialer,
            random: SystemRandomNumberGenerator(), faults: nil, logger: logger)
    }

    /// A client whose network, clock and chance are a test's.
    package convenience init(
        _ url: String, _ configuration: Configuration, eventLoop: any EventLoop, dialer: any Dialer,
        random: any RandomNumberGenerator & Sendable, faults: MessageFaults?, logger: Logger
    ) throws {
        self.init(
            url: try ClientURL(url), configuration, eventLoop: eventLoop, dialer: dialer, random: random,
            faults: faults, logger: logger)
    }

    private init(
        url: ClientURL, _ configuration: Configuration, eventLoop: any EventLoop, dialer: any Dialer,
        random: any RandomNumberGenerator & Sendable, faults: MessageFaults?, logger: Logger
    ) {
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.logger = logger
        self.dialer = dialer
        self.random = random
        self.faults = faults
        executor = ClientExecutor(eventLoop: eventLoop)
        requests = RequestBuilder(url: url, configuration: configuration)
        decoder = SocketIOProtocol.PacketDecoder(limits: configuration.parser)
        attachments = AttachmentCollector(limits: configuration.parser)
        reconnection = ReconnectionStateMachine(
            isEnabled: configuration.reconnects, maxAttempts: configuration.reconnectionAttempts,
            backoff: configuration.backoff)
    }

    func onLoop(_ work: @escaping @Sendable () -> Void) {
        if eventLoop.inEventLoop { work() } else { eventLoop.execute(work) }
    }

    // MARK: - Sockets

    /// The socket of a namespace. It does not connect by itself: handlers can be registered first.
    ///
    /// As long as somebody holds it, or it is connected, a further call returns the same one.
    ///
    /// - Parameters:
    ///   - namespace: `/` and the empty text mean the root; a missing slash is added.
    ///   - auth: what the socket presents when it joins next; nil leaves that as it is.
    public func socket(_ namespace: String = "/", auth: Auth? = nil) -> ClientSocket {
        let name = namespace.hasPrefix("/") ? namespace : "/" + namespace
        return known.withLock { known in
            if let socket = known[name]?.socket {
                if let auth { socket.auth = auth }
                return socket
            }
            let socket = ClientSocket(client: self, namespace: name, auth: auth ?? .none)
            known = known.filter { $0.value.socket != nil }
            known[name] = WeakSocket(socket: socket)
            return socket
        }
    }

    /// Connects to a namespace.
    ///
    /// - Returns: the socket, connected. When the connection is lost later it comes back by itself.
    /// - Throws: see ``ClientSocket/connect()``.
    @discardableResult
    public func connect(_ namespace: String = "/", auth: Auth? = nil) async throws -> ClientSocket {
        let socket = socket(namespace, auth: auth)
        try await socket.connect()
        return socket
    }

    /// Connects to a namespace with credentials that stay the same.
    @discardableResult
    public func connect(
        _ namespace: String = "/", auth: some Encodable & Sendable
    ) async throws -> ClientSocket {
        try await connect(namespace, auth: Auth(auth))
    }

    /// Disconnects all sockets and closes the connection. A client can connect again later.
    public func disconnect() {
        onLoop {
            for socket in Array(self.sockets.values) { socket.disconnectOnLoop() }
            self.closeIfUnused()
        }
    }

    // MARK: - Events of the connection

    /// Hears of what happens to the connection, on the client's event loop: do not block it.
    public func onEvent(_ listener: @escaping @Sendable (Event) -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    func report(_ event: Event) {
        for listener in listeners.withLock({ $0 }) { listener(event) }
    }

    // MARK: - Back-pressure

    /// The socket's handlers lag: the connection is not read until they have caught up.
    func pause(_ socket: ClientSocket) {
        if paused.isEmpty { engine?.setReading(false) }
        paused.insert(ObjectIdentifier(socket))
    }

    func resume(_ socket: ClientSocket) {
        guard paused.remove(ObjectIdentifier(socket)) != nil, paused.isEmpty else { return }
        engine?.setReading(true)
    }

    var isPaused: Bool { !paused.isEmpty }
}
