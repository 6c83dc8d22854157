public import ChatDomain
public import ChatService
public import EngineIO
internal import EngineIOProtocol
internal import HTTPTypes
internal import Hummingbird
public import Logging
public import SocketIO
internal import SocketIOHummingbird

/// Everything that people reach the chat by: Socket.IO events, HTTP routes, the web client.
public final class ChatGateway: Sendable {
    /// Why the gateway could not be made.
    public enum SetUpError: Error, CustomStringConvertible {
        /// There is no built web client in that place.
        case noWebClient(at: String)

        public var description: String {
            switch self {
            case .noWebClient(let place):
                "there is no web client in \(place): build it, or name its folder with --web"
            }
        }
    }

    /// The name of the cookie that signs browsers in. `EngineConfiguration.boundCookie` ought to be this: whoever learns
    /// the id of a transport's session can then not speak for it.
    public static let sessionCookie = SessionCookie.name

    private let io: SocketIO
    private let realtime: ChatRealtime
    /// Every route: its method and its path.
    let routes: [String]
    private let responder: RouterResponder<GatewayContext>
    private let readiness = Readiness()
    private let logger: Logger

    /// Connects a chat to the sockets of `io` and to HTTP routes.
    ///
    /// - Parameter announcer: the one that `chat` was made with.
    /// - Throws: ``SetUpError``, or what the system says about the web client's folder.
    public init(
        chat: Chat, announcer: SocketAnnouncer, io: SocketIO, configuration: GatewayConfiguration,
        logger: Logger
    ) throws {
        self.io = io
        self.logger = logger
        realtime = ChatRealtime(chat, on: io, announcer: announcer, logger: logger)
        let site: StaticSite
        do {
            site = try StaticSite(configuration.web)
        } catch {
            throw SetUpError.noWebClient(at: "\(configuration.web)")
        }
        guard site.hasPage else { throw SetUpError.noWebClient(at: "\(configuration.web)") }
        let router = Router(context: GatewayContext.self)
        router.add(middleware: TrustedProxies(ranges: configuration.proxies))
        router.add(middleware: SecurityHeaders())
        let api = router.group("api").add(middleware: ChangeGuard(origins: io.configuration.engine.origins))
        AccountRoutes(
            chat: chat, cookie: SessionCookie(isSecure: configuration.usesTLS),
            version: configuration.version
        ).add(to: api)
        MeRoutes(chat: chat).add(to: api)
        TOTPRoutes(chat: chat).add(to: api)
        InviteRoutes(chat: chat).add(to: api)
        ResetRoutes(chat: chat).add(to: api)
        PeopleRoutes(chat: chat).add(to: api)
        RoomRoutes(chat: chat).add(to: api)
        AdminRoutes(
            chat: chat,
            process: ProcessHealth(
                version: configuration.version, startedAt: chat.now, chat: chat,
                ticks: realtime.ticks)
        ).add(to: api)
        UploadRoutes(chat: chat).add(to: api)
        AvatarRoutes(chat: chat).add(to: api)
        BotRoutes(chat: chat).add(to: api)
        PushRoutes(chat: chat).add(to: api)
        HookRoutes(chat: chat).add(to: api)
        IncomingHookRoutes(chat: chat).add(to: router)
        RESTRoutes(chat: chat).add(to: router)
        FileRoutes(chat: chat).add(to: router)
        Self.addHealth(to: router, readiness)
        router.get("/") { request, _ in site.answer(request) }
        router.head("/") { request, _ in site.answer(request) }
        router.get("/**") { request, _ in site.answer(request) }
        router.head("/**") { request, _ in site.answer(request) }
        routes = router.routes.map(\.description)
        responder = router.buildResponder()
    }

    private static func addHealth(to router: Router<GatewayContext>, _ readiness: Readiness) {
        router.get("health/live") { _, _ in "ok" }
        router.get("health/ready") { _, _ in
            readiness.isReady
                ? Response(status: .ok, body: .init(byteBuffer: .init(string: "ok")))
                : Response(status: .serviceUnavailable)
        }
    }

    /// Listens for Prometheus, on a port that is not for everybody: `GET /metrics`.
    public func listenForMetrics(host: String, port: Int) async throws -> EngineListener {
        let metrics = ChatMetrics(chat: realtime.chat, ticks: realtime.ticks, logger: logger)
        let (group, loops) = EngineListener.Loops.onThreads()
        return try await EngineListener.bind(
            host: host, port: port, group: group, loops: loops, engines: [],
            plain: PrometheusResponder(io) { await metrics.families() }, logger: logger)
    }

    /// Listens for browsers and programs.
    ///
    /// - Parameter tls: encrypts the connections; nil speaks plain HTTP.
    public func listen(
        host: String, port: Int, tls: (any ListenerTLS)? = nil
    ) async throws -> EngineListener {
        try await io.listen(
            host: host, port: port, plain: HummingbirdPlainResponder(responder, logger: logger), tls: tls)
    }

    /// What is to be done once a second: tells people who came and went.
    ///
    /// - Throws: `busy`, `unavailable`; what could not be recorded is not recorded.
    public nonisolated(nonsending) func beat() async throws(ChatError) {
        try await realtime.presence.beat(realtime.audience)
    }

    /// Records when those were there who are there now: for the end of the process.
    ///
    /// - Throws: `busy`, `unavailable`.
    public nonisolated(nonsending) func recordPresence() async throws(ChatError) {
        try await realtime.presence.end()
    }

    /// Whether somebody uses a device of theirs now: it shows them what is written.
    public func isThere(_ user: UserID) -> Bool { realtime.presence.isThere(user) }

    /// How many seconds lie between two ticks of a person.
    public static let tickPeriod = DigestTicks.period

    /// Tells a part of those who are connected what their clients must agree with; to be called once a second, with 0 up
    /// to ``tickPeriod`` - 1 in turn.
    public func tick(second: Int) async {
        await realtime.ticks.tick(second: second, to: realtime.audience)
    }

    /// From now on `/health/ready` says no: a proxy sends nobody any more.
    public func beginDraining() {
        readiness.end()
    }
}
