internal import ArgumentParser
internal import ChatGateway
internal import ChatOutbound
internal import ChatService
internal import ChatStoreSQLite
internal import EngineIO
internal import EngineIOProtocol
internal import FoundationEssentials
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import SocketIO
internal import UnixSignals

/// `parley serve`: opens the store, serves the chat, and ends in good order on SIGINT or SIGTERM.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the chat until it is told to stop.",
        discussion: """
            Every option can also be given in the environment (PARLEY_HOST, PARLEY_PORT, PARLEY_DATA, \
            PARLEY_WEB, PARLEY_ORIGINS, PARLEY_TLS, PARLEY_TLS_CERT, PARLEY_TLS_KEY, PARLEY_THREADS, \
            PARLEY_PING_INTERVAL, PARLEY_PING_TIMEOUT, PARLEY_OUTBOUND_ALLOW, PARLEY_CONTACT, \
            PARLEY_RATE_FACTOR, PARLEY_LOG) or in a JSON file named by --config or PARLEY_CONFIG \
            ({"port": 3001, "data": "/var/lib/parley"}). Options win over the environment, the \
            environment over the file.
            """)

    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port; 0 takes any free one. (default: 3001)")
    var port: Int?

    @Option(help: "The folder that holds all data; made when it does not exist. (default: ./parley-data)")
    var data: String?

    @Option(
        help: "The folder of the built web client. (default: the one inside this executable, else ./web/dist)"
    )
    var web: String?

    @Option(help: "A JSON file with the same settings.")
    var config: String?

    @Option(help: "A further origin whose pages may connect, such as https://chat.example; several times.")
    var origin: [String] = []

    @Flag(help: "The server is reached by TLS, through a proxy: session cookies insist on it.")
    var tls = false

    @Option(
        help:
            "A proxy in front, as an address or a range such as 10.0.0.0/8, that says in X-Forwarded-For where requests come from; several times."
    )
    var proxy: [String] = []

    @Option(
        help:
            "A PEM file with the server's certificate and those above it: speak TLS. Loaded again when it changes, or at SIGHUP."
    )
    var tlsCert: String?

    @Option(help: "The PEM file of the certificate's private key.")
    var tlsKey: String?

    @Option(help: "Event loops. (default: one a core)")
    var threads: Int?

    @Option(help: "Milliseconds between two heartbeats of a connection. (default: 25000)")
    var pingInterval: Int?

    @Option(help: "Milliseconds after which an unanswered heartbeat ends a connection. (default: 20000)")
    var pingTimeout: Int?

    @Option(
        help:
            "Addresses that webhooks and previews may reach although they are not public, such as 192.168.7.0/24; several times."
    )
    var outboundAllow: [String] = []

    @Option(help: "Whom push services may write to about this server: mailto:... or https://...")
    var contact: String?

    @Option(help: "How many times as often as usual people may send, act and ask. (default: 1)")
    var rateFactor: Int?

    @Option(help: "Where Prometheus may ask for /metrics, such as 127.0.0.1:9464. (default: nowhere)")
    var metrics: String?

    @Option(help: "How much is logged: trace, debug, info, notice, warning, error. (default: notice)")
    var log: String?

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port: 0 to 65535") }
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads: 1 to 256") }
    }

    func run() async throws {
        let settings = try Settings(options: self)
        let level = settings.logLevel
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let logger = Logger(label: "parley")
        let tls = try settings.certificate?.makeTLS(logger: logger)
        try Self.makeDataFolder(settings.data)
        let store = try SQLiteChatStore(path: settings.data + "/parley.sqlite") { failure in
            logger.error(
                "the store failed",
                metadata: ["operation": "\(failure.operation)", "cause": "\(failure.cause)"])
        }
        let announcer = SocketAnnouncer()
        let files = try FileDepot(folder: settings.data + "/files") { failure in
            logger.error("a file could not be kept or read", metadata: ["cause": "\(failure)"])
        }
        let chat = Chat(
            store: store, announcer: announcer, files: files,
            limits: RateLimits().scaled(by: settings.rateFactor))
        let io = SocketIO(settings.socketIO, threads: settings.threads, logger: logger)
        let outbound = try HTTPOutboundClient(
            group: MultiThreadedEventLoopGroup.singleton, allowing: settings.outboundAllow)
        let gateway = try ChatGateway(
            chat: chat, announcer: announcer, io: io,
            configuration: GatewayConfiguration(
                web: settings.web, usesTLS: settings.tls, proxies: settings.proxies),
            logger: logger)
        let listener: EngineListener
        do {
            listener = try await gateway.listen(host: settings.host, port: settings.port, tls: tls)
        } catch {
            throw ListenError(host: settings.host, port: settings.port, cause: "\(error)")
        }
        var metrics: EngineListener?
        if let address = settings.metrics {
            do {
                metrics = try await gateway.listenForMetrics(host: address.host, port: address.port)
            } catch {
                throw ListenError(host: address.host, port: address.port, cause: "\(error)")
            }
        }
        let scheme = tls == nil ? "http" : "https"
        let services = ServiceGroup(
            configuration: .init(
                services: [
                    .init(
                        service: ServingService(
                            listener: listener, metrics: metrics, gateway: gateway, store: store,
                            address:
                                "\(scheme)://\(settings.host):\(listener.localAddress?.port ?? settings.port)",
                            logger: logger)),
                    .init(service: BeatService(gateway: gateway, logger: logger)),
                    .init(service: SessionExpiryService(chat: chat, logger: logger)),
                    .init(service: MaintenanceService(chat: chat, logger: logger)),
                    .init(service: StepwiseService(chat: chat, logger: logger)),
                    .init(service: RetentionService(chat: chat, logger: logger)),
                    .init(service: TickService(gateway: gateway)),
                    .init(
                        service: PushService(
                            chat: chat, gateway: gateway, client: outbound,
                            contact: settings.contact ?? Chat.defaultContact, logger: logger)),
                    .init(service: PreviewService(chat: chat, client: outbound, logger: logger)),
                    .init(
                        service: DeliveryService(
                            chat: chat,
                            poster: HookPoster(client: outbound) { [chat] in chat.now }, logger: logger)),
                ] + (tls.map { [.init(service: CertificateService(tls: $0, logger: logger))] } ?? []),
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await services.run()
    }

    /// Makes a folder for data when there is none: only its owner may look into it.
    static func makeDataFolder(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
}

/// The address could not be listened on.
struct ListenError: Error, CustomStringConvertible {
    let host: String
    let port: Int
    let cause: String

    var description: String { "cannot listen on \(host):\(port): \(cause)" }
}
