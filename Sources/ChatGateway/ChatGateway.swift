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

    private let io: SocketIO
    private let realtime: ChatRealtime
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
        router.add(middleware: SecurityHeaders())
        let api = router.group("api").add(middleware: ChangeGuard(origins: io.configuration.engine.origins))
        AccountRoutes(chat: chat, cookie: SessionCookie(isSecure: configuration.usesTLS)).add(to: api)
        AdminRoutes(chat: chat).add(to: api)
        Self.addHealth(to: router, readiness)
        router.get("/") { request, _ in site.answer(request) }
        router.head("/") { request, _ in site.answer(request) }
        router.get("/**") { request, _ in site.answer(request) }
        router.head("/**") { request, _ in site.answer(request) }
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

    /// Listens for browsers and programs.
    ///
    /// - Parameter tls: encrypts the connections; nil speaks plain HTTP.
    public func listen(
        host: String, port: Int, tls: (any ListenerTLS)? = nil
    ) async throws -> EngineListener {
        try await io.listen(
            host: host, port: port, plain: HummingbirdPlainResponder(responder, logger: logger), tls: tls)
    }

    /// From now on `/health/ready` says no: a proxy sends nobody any more.
    public func beginDraining() {
        readiness.end()
    }
}
