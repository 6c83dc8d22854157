internal import ArgumentParser
internal import ChatGateway
internal import ChatService
internal import EngineIO
internal import EngineIOProtocol
internal import FoundationEssentials
internal import Logging
internal import SocketIO

#if canImport(Glibc)
    internal import Glibc
#endif

/// The settings of `parley serve`: options, then the environment, then the file, then the defaults.
struct Settings: Sendable {
    let host: String
    let port: Int
    let data: String
    let web: WebClient
    let origins: [String]
    /// Whether people reach the server by TLS, its own or a proxy's.
    let tls: Bool
    /// The files of the server's own TLS; nil speaks plain HTTP.
    let certificate: CertificateFiles?
    let threads: Int?
    let pingInterval: Int?
    let pingTimeout: Int?
    let logLevel: Logger.Level
    /// Whom push services may write to.
    let contact: String?
    /// How many times as often as usual people may do things.
    let rateFactor: Int
    /// What may be reached although it is not public.
    let outboundAllow: [AddressRange]
    /// Where Prometheus may ask; nil is nowhere.
    let metrics: ListenAddress?
    /// Proxies that say where a request comes from.
    let proxies: [AddressRange]

    /// The form of the configuration file.
    private struct File: Codable {
        var host: String?
        var port: Int?
        var data: String?
        var web: String?
        var origins: [String]?
        var tls: Bool?
        var tlsCert: String?
        var tlsKey: String?
        var threads: Int?
        var pingInterval: Int?
        var pingTimeout: Int?
        var outboundAllow: [String]?
        var proxies: [String]?
        var contact: String?
        var rateFactor: Int?
        var metrics: String?
        var log: String?
    }

    init(options: Serve) throws {
        let environment = ProcessInfo.processInfo.environment
        let file = try Self.readFile(options.config ?? environment["PARLEY_CONFIG"])
        func number(_ name: String) throws -> Int? {
            guard let text = environment[name] else { return nil }
            guard let value = Int(text) else { throw ValidationError("\(name): not a number: \(text)") }
            return value
        }
        host = options.host ?? environment["PARLEY_HOST"] ?? file.host ?? "127.0.0.1"
        port = try options.port ?? number("PARLEY_PORT") ?? file.port ?? 3001
        data = Self.dataFolder(option: options.data, file: file)
        web = try Self.webClient(options.web ?? environment["PARLEY_WEB"] ?? file.web)
        let listed = environment["PARLEY_ORIGINS"].map { $0.split(separator: ",").map(String.init) }
        origins = options.origin.isEmpty ? listed ?? file.origins ?? [] : options.origin
        certificate = try CertificateFiles(
            chain: options.tlsCert ?? environment["PARLEY_TLS_CERT"] ?? file.tlsCert,
            key: options.tlsKey ?? environment["PARLEY_TLS_KEY"] ?? file.tlsKey)
        let proxied = environment["PARLEY_TLS"].map { $0 == "1" || $0 == "true" } ?? file.tls ?? false
        tls = options.tls || proxied || certificate != nil
        threads = try options.threads ?? number("PARLEY_THREADS") ?? file.threads
        pingInterval = try options.pingInterval ?? number("PARLEY_PING_INTERVAL") ?? file.pingInterval
        pingTimeout = try options.pingTimeout ?? number("PARLEY_PING_TIMEOUT") ?? file.pingTimeout
        for (name, value) in [("ping interval", pingInterval), ("ping timeout", pingTimeout)] {
            guard let value, !(100...3_600_000).contains(value) else { continue }
            throw ValidationError("\(name): 100 to 3600000 milliseconds, not \(value)")
        }
        rateFactor = try options.rateFactor ?? number("PARLEY_RATE_FACTOR") ?? file.rateFactor ?? 1
        guard (1...10_000).contains(rateFactor) else {
            throw ValidationError("rate factor: 1 to 10000, not \(rateFactor)")
        }
        contact = options.contact ?? environment["PARLEY_CONTACT"] ?? file.contact
        if let contact, !contact.hasPrefix("mailto:"), !contact.hasPrefix("https://") {
            throw ValidationError("contact: mailto:... or https://..., not \(contact)")
        }
        metrics = try (options.metrics ?? environment["PARLEY_METRICS"] ?? file.metrics)
            .map { try ListenAddress($0, name: "metrics") }
        func ranges(
            _ option: [String], _ variable: String, _ listed: [String]?, _ name: String
        ) throws -> [AddressRange] {
            let said = environment[variable].map { $0.split(separator: ",").map(String.init) }
            return try (option.isEmpty ? said ?? listed ?? [] : option).map { text in
                guard let range = AddressRange(text) else {
                    throw ValidationError("\(name): no range of addresses: \(text)")
                }
                return range
            }
        }
        outboundAllow = try ranges(
            options.outboundAllow, "PARLEY_OUTBOUND_ALLOW", file.outboundAllow, "outbound-allow")
        proxies = try ranges(options.proxy, "PARLEY_PROXIES", file.proxies, "proxy")
        let level = options.log ?? environment["PARLEY_LOG"] ?? file.log ?? "notice"
        guard let logLevel = Logger.Level(rawValue: level) else {
            throw ValidationError("unknown log level \(level)")
        }
        self.logLevel = logLevel
        guard (0...65_535).contains(port) else { throw ValidationError("port: 0 to 65535, not \(port)") }
    }

    /// What was named; else what the executable carries; else what the build left here.
    private static func webClient(_ folder: String?) throws -> WebClient {
        if let folder { return .folder(folder) }
        return try WebBundle.ofThisExecutable().map { .files($0.files) } ?? .folder("./web/dist")
    }

    /// The folder of all data, for commands beside `serve`.
    static func dataFolder(option: String?, config: String?) throws -> String {
        let path = config ?? ProcessInfo.processInfo.environment["PARLEY_CONFIG"]
        return dataFolder(option: option, file: try readFile(path))
    }

    private static func dataFolder(option: String?, file: File) -> String {
        option ?? ProcessInfo.processInfo.environment["PARLEY_DATA"] ?? file.data ?? "./parley-data"
    }

    private static func readFile(_ path: String?) throws -> File {
        guard let path else { return File() }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw ValidationError("cannot read the configuration file \(path)")
        }
        do {
            return try JSONDecoder().decode(File.self, from: bytes)
        } catch {
            throw ValidationError("the configuration file \(path) is not of the expected form: \(error)")
        }
    }

    /// How the Socket.IO side behaves.
    var socketIO: Configuration {
        var engine = EngineConfiguration()
        engine.maxPayload = 256 << 10
        if let pingInterval { engine.timings.pingInterval = .milliseconds(pingInterval) }
        if let pingTimeout { engine.timings.pingTimeout = .milliseconds(pingTimeout) }
        engine.boundCookie = ChatGateway.sessionCookie
        if !origins.isEmpty { engine.origins = .list(origins) }
        return Configuration(engine: engine)
    }
}

/// Lets a script that waits for the address see it at once.
func flushOutput() {
    fflush(nil)
}
