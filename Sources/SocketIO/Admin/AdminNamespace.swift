internal import EngineIO
internal import EngineIOProtocol
internal import FoundationEssentials
internal import Logging
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Synchronization

/// The namespace that the admin UI joins: who gets in, what it is sent, what it may do.
final class AdminNamespace: @unchecked Sendable {
    let options: Admin
    /// The namespaces' handlers hold this; the server holds them.
    private weak var server: SocketIO?
    let namespace: Namespace<AdminAccess>
    private let sessions: Mutex<AdminSessions>
    private let stats = Mutex(Stats())
    private let started = ContinuousClock.now

    private struct Stats {
        var isTicking = false
        var aggregation = AdminAggregation()
    }

    private init(
        _ options: Admin, server: SocketIO, namespace: Namespace<AdminAccess>, sessions: AdminSessions
    ) {
        self.options = options
        self.server = server
        self.namespace = namespace
        self.sessions = Mutex(sessions)
    }

    static func make(_ options: Admin, on server: SocketIO) -> AdminNamespace {
        let gate = Gate()
        let namespace = server.namespace(options.namespace) { handshake in
            guard let admin = gate.admin.withLock({ $0 }) else { throw ConnectError.invalidNamespace }
            return try await admin.authenticate(handshake)
        }
        let admin = AdminNamespace(
            options, server: server, namespace: namespace,
            sessions: AdminSessions(
                capacity: options.maxSessions, lifetime: options.sessionLifetime / .seconds(1)))
        gate.admin.withLock { $0 = admin }
        namespace.onConnect { socket in await admin.welcome(socket) }
        if !options.isReadOnly { admin.takeOrders() }
        return admin
    }

    /// The authenticator is there before what it asks.
    private final class Gate: Sendable {
        let admin = Mutex<AdminNamespace?>(nil)
    }

    // MARK: - Signing in

    private func authenticate(_ handshake: Handshake) async throws -> AdminAccess {
        guard case .verify(let verify) = options.authentication else { return AdminAccess() }
        let auth = try? handshake.auth(AdminMessages.Auth.self)
        let now = now()
        if let id = auth?.sessionId, sessions.withLock({ $0.contains(id, now: now) }) { return AdminAccess() }
        guard let name = auth?.username, let word = auth?.password, await verify(name, word) else {
            throw ConnectError("invalid credentials")
        }
        let id = Self.makeSessionID()
        sessions.withLock { $0.add(id, now: now) }
        return AdminAccess(newSession: id)
    }

    private func now() -> Double { server?.configuration.unixTime() ?? 0 }

    /// 128 random bits in hexadecimal digits.
    private static func makeSessionID() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private func welcome(_ socket: Socket<AdminAccess>) async {
        if let id = socket.state.newSession { socket.emit(Event<String>("session"), id) }
        socket.emit(
            Event<AdminMessages.Config>("config"),
            AdminMessages.Config(supportedFeatures: options.features))
        if options.mode == .development {
            socket.emit(Event<[AdminMessages.Socket]>("all_sockets"), await allSockets())
        }
        startTicking()
    }

    // MARK: - Telling

    /// Whether somebody may be listening.
    private var isWatched: Bool {
        guard let server else { return false }
        return namespace.socketCount > 0 || !(server.configuration.adapter is InMemoryAdapter.Factory)
    }

    /// Sends an event to everybody at the UI, if anybody is.
    func tell(_ event: String, _ arguments: () throws -> EncodedArguments) {
        guard isWatched else { return }
        do {
            namespace.core.adapter.broadcast(EventPacket(event, try arguments()), options: BroadcastOptions())
        } catch {
            namespace.core.logger.error(
                "admin event not sent", metadata: ["event": "\(event)", "error": "\(type(of: error))"])
        }
    }

    /// The time as JavaScript writes it in JSON.
    var date: String { ISODate.text(milliseconds) ?? "" }

    private var milliseconds: Int64 { server?.configuration.now ?? 0 }

    // MARK: - Sums

    private func startTicking() {
        let mayStart = stats.withLock { stats in
            defer { stats.isTicking = true }
            return !stats.isTicking
        }
        guard mayStart, let server else { return }
        HandlerTask.start(on: server.executors[0]) {
            let mark = await server.metrics.snapshot()
            self.stats.withLock { stats in
                stats.aggregation = AdminAggregation()
                _ = stats.aggregation.take(mark, at: self.milliseconds)
            }
            await self.tick()
        }
    }

    private func tick() async {
        guard let server, isWatched else {
            stats.withLock { $0.isTicking = false }
            return
        }
        let snapshot = await server.metrics.snapshot()
        let events = stats.withLock { $0.aggregation.take(snapshot, at: milliseconds) }
        let message = AdminMessages.ServerStats(
            serverId: options.serverID, hostname: ProcessInfo.processInfo.hostName,
            pid: Int(ProcessInfo.processInfo.processIdentifier),
            uptime: (ContinuousClock.now - started) / .seconds(1),
            clientsCount: snapshot.value("engineio_sessions") ?? 0,
            pollingClientsCount: snapshot.value("engineio_sessions", ["transport": "polling"]) ?? 0,
            aggregatedEvents: events,
            namespaces: server.registry.all.map { .init(name: $0.name, socketsCount: $0.socketCount) }
                .sorted { $0.name < $1.name })
        tell("server_stats") { try EncodedArguments(message) }
        server.executors[0].eventLoop.scheduleTask(in: TimeAmount(options.interval)) {
            [weak self, weak server] () -> Void in
            guard let self, let server else { return }
            HandlerTask.start(on: server.executors[0]) { await self.tick() }
        }
    }

    // MARK: - Sockets

    private func allSockets() async -> [AdminMessages.Socket] {
        var all: [AdminMessages.Socket] = []
        for core in server?.registry.all ?? [] {
            all += await core.collect { shard in
                shard.members(matching: BroadcastOptions()).map { self.describe($0) }
            }
        }
        return all
    }

    /// What the UI is told of a socket; to be asked on its loop.
    func describe(_ socket: AnySocket) -> AdminMessages.Socket {
        let details = socket.details(node: socket.core.adapter.node)
        var headers = details.headerTexts
        for name in Self.secretHeaders where headers[name] != nil { headers[name] = "[redacted]" }
        let data = try? JSONDecoder().decode(JSONValue.self, from: Data(details.dataJSON))
        let issued = socket.handshake.issued
        return AdminMessages.Socket(
            id: socket.id.description, clientId: Self.clientID(of: socket),
            transport: socket.session.transport.rawValue, nsp: socket.namespaceName,
            data: data ?? .object([:]),
            handshake: .init(
                address: headers["cf-connecting-ip"] ?? headers["x-forwarded-for"]
                    ?? details.handshake.address,
                headers: headers, query: details.handshake.query, issued: issued,
                secure: details.handshake.isSecure, time: ISODate.text(issued) ?? "",
                url: details.handshake.url, xdomain: details.handshake.isCrossDomain),
            rooms: details.rooms.map(\.description).sorted())
    }

    /// Headers that let whoever reads them speak for the client.
    private static let secretHeaders = ["cookie", "authorization", "proxy-authorization"]

    /// Twelve digits that belong to the client's session and do not give its id away: a hash keyed at the process's start.
    private static func clientID(of socket: AnySocket) -> String {
        var hasher = Hasher()
        hasher.combine(socket.session.id)
        let digits = String(UInt(bitPattern: hasher.finalize()), radix: 16)
        return String((String(repeating: "0", count: 16) + digits).suffix(12))
    }

    // MARK: - Orders

    private func takeOrders() {
        namespace.on(raw: "emit") { [weak self] _, arguments in
            let (name, filter, event) = try arguments.decode(String.self, String?.self, String.self)
            guard let core = self?.core(name), !ReservedNames.isReserved(event) else { return nil }
            core.adapter.broadcast(
                EventPacket(event, arguments.dropFirst(3).encoded), options: Self.options(filter))
            return EncodedArguments()
        }
        namespace.on(Event<String, String, String?>("join")) { [weak self] _, name, room, filter in
            self?.core(name)?.adapter.join([Room(room)], options: Self.options(filter))
        }
        namespace.on(Event<String, String, String?>("leave")) { [weak self] _, name, room, filter in
            self?.core(name)?.adapter.leave([Room(room)], options: Self.options(filter))
        }
        namespace.on(Event<String, Bool?, String?>("_disconnect")) { [weak self] _, name, close, filter in
            self?.core(name)?.adapter.disconnect(options: Self.options(filter), close: close ?? false)
        }
    }

    /// A namespace that exists: the UI makes none.
    private func core(_ name: String) -> NamespaceCore? { server?.registry.core(name) }

    private static func options(_ filter: String?) -> BroadcastOptions {
        guard let filter, !filter.isEmpty else { return BroadcastOptions() }
        return BroadcastOptions(rooms: [Room(filter)])
    }
}

extension SocketDetails {
    /// Values of one name are joined as Node joins them.
    fileprivate var headerTexts: [String: String] {
        handshake.headers.mapValues { $0.joined(separator: ", ") }
    }
}
