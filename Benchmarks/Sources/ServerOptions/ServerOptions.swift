public import ArgumentParser
public import EngineIO
internal import EngineIOProtocol
internal import NIOCore
public import SocketIO
internal import SocketIOProtocol

/// The options that the test servers have in common.
public struct ServerOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    public var host = "127.0.0.1"

    @Option(help: "The port; 0 takes any free one.")
    public var port = 3000

    @Option(help: "Event loops.")
    public var threads = 1

    @Option(help: "Milliseconds between pings.")
    public var pingInterval: Int64?

    @Option(help: "Milliseconds to wait for a pong.")
    public var pingTimeout: Int64?

    @Option(help: "Milliseconds an upgrade may take.")
    public var upgradeTimeout: Int64?

    @Option(help: "Milliseconds until a namespace must be joined.")
    public var connectTimeout: Int64?

    @Option(help: "Bytes of one message.")
    public var maxPayload: Int?

    @Option(help: "A foreign origin to allow; may be given several times.")
    public var origin: [String] = []

    @Flag(name: .customLong("allow-eio3"), help: "Serve clients of Engine.IO v3 and Socket.IO v2 too.")
    public var allowEIO3 = false

    @Option(help: "Milliseconds that the end may take after SIGTERM.")
    public var drain: Int64 = 2_000

    @Option(help: "Milliseconds over which clients are sent away.")
    public var spread: Int64 = 0

    @Flag(help: "Set a cookie with the session id.")
    public var cookie = false

    @Flag(help: "Let pages poll by scripts.")
    public var jsonp = false

    @Option(help: "A folder with the browser client's bundles, to be served.")
    public var clientFiles: String?

    @Option(help: "Sessions that may be live at once.")
    public var maxSessions: Int?

    @Option(help: "How packets are written: json or msgpack.")
    public var parser = PacketFormat.json

    /// The parsers that the test servers know.
    public enum PacketFormat: String, ExpressibleByArgument {
        case json, msgpack
    }

    @Option(help: "Milliseconds a client may be away and come back to its session; without it, no recovery.")
    public var recovery: Int64?

    @Option(help: "Milliseconds from a connection to its first request.")
    var headTimeout: Int64?

    @Option(help: "A PEM file with the server's certificate: speak TLS.")
    var tlsCert: String?

    @Option(help: "The PEM file of its key, when that is another.")
    var tlsKey: String?

    @Option(help: "Milliseconds between two looks for new certificates.")
    var tlsCheck: Int64 = 10_000

    @Option(help: "A PEM file of the roots that clients' certificates must come from.")
    var tlsClientRoots: String?

    @Flag(help: "Clients may show no certificate at all.")
    var tlsOptionalClients = false

    @Flag(name: .customLong("http2"), help: "Offer HTTP/2 over TLS.")
    var http2 = false

    @Flag(help: "Compress messages (permessage-deflate) for the clients that offer it.")
    var compress = false

    public init() {}

    /// The engine's configuration with these options applied to `base`.
    public func engine(
        _ base: EngineConfiguration, path: String = "/socket.io/"
    ) throws -> EngineConfiguration {
        var configuration = base
        configuration.path = path
        if let pingInterval { configuration.timings.pingInterval = .milliseconds(pingInterval) }
        if let pingTimeout { configuration.timings.pingTimeout = .milliseconds(pingTimeout) }
        if allowEIO3 { configuration.allowEIO3 = true }
        if let upgradeTimeout { configuration.timings.upgradeTimeout = .milliseconds(upgradeTimeout) }
        if let maxPayload { configuration.maxPayload = maxPayload }
        if !origin.isEmpty { configuration.origins = .list(origin) }
        if cookie { configuration.cookie = HandshakeCookie() }
        configuration.jsonp = jsonp
        configuration.clientFiles = try clientFiles.map(ClientFiles.init(folder:))
        configuration.admission.maxSessions = maxSessions
        if compress { configuration.messageCompression = MessageCompression() }
        return configuration
    }

    /// The bounds of the HTTP side with these options.
    public var limits: HTTPLimits {
        var limits = HTTPLimits()
        if let headTimeout { limits.headTimeout = .milliseconds(headTimeout) }
        return limits
    }

    /// The server's configuration with these options applied to `base`.
    public func socketIO(_ base: Configuration = .init()) throws -> Configuration {
        var configuration = base
        configuration.engine = try engine(base.engine)
        if let connectTimeout { configuration.connectTimeout = .milliseconds(connectTimeout) }
        if parser == .msgpack { configuration.packetParser = MessagePackParser() }
        if let recovery { configuration.recovery = Recovery(maxDisconnection: .milliseconds(recovery)) }
        return configuration
    }
}
