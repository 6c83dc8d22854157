internal import EngineIO
internal import Logging
internal import NIOCore
internal import SocketIO
internal import SocketIOTLS

/// A real server on a port of 127.0.0.1 that speaks TLS.
final class SecureServer: Sendable {
    static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    /// Answers with what it was sent.
    static let echo = Event<String>("echo").returning(String.self)
    /// Answers with what the server knows about the connection.
    static let connection = Event("connection").returning([String].self)

    let tls: ServerTLS
    /// Why sockets left, in order.
    let ends: AsyncStream<String>
    let folder: PEMFolder
    let port: Int
    private let listener: EngineListener

    /// - Parameter change: what the options have beside the first certificate.
    init(
        configuration: Configuration = .init(), limits: HTTPLimits = .init(), logger: Logger = logger,
        change: (inout ServerTLS.Options, PEMFolder) throws -> Void = { _, _ in }
    ) async throws {
        folder = try PEMFolder()
        var options = ServerTLS.Options(certificates: [
            .init(
                chain: try folder.write(TestCertificates.firstCertificate, to: "server.crt"),
                key: try folder.write(TestCertificates.firstKey, to: "server.key"))
        ])
        options.checkInterval = nil
        try change(&options, folder)
        tls = try ServerTLS(options, logger: logger)
        let (ends, ended) = AsyncStream<String>.makeStream()
        self.ends = ends
        let io = SocketIO(configuration, threads: 1, logger: Self.logger)
        io.namespace()
            .on(Self.echo) { _, text in text }
            .on(Self.connection) { socket in
                let request = socket.handshake.request
                return [
                    request.isSecure ? "secure" : "plain", request.tls?.version ?? "",
                    request.tls?.applicationProtocol ?? "",
                    request.tls?.clientCertificate == nil ? "anonymous" : "known",
                ]
            }
        io.namespace().onDisconnect { _, reason in ended.yield(reason.description) }
        listener = try await io.listen(port: 0, limits: limits, tls: tls)
        port = listener.localAddress?.port ?? 0
    }

    /// Puts another certificate into the files.
    func replace(certificate: String, key: String) throws {
        try folder.write(certificate, to: "server.crt")
        try folder.write(key, to: "server.key")
    }

    func stop() async throws { try await listener.shutdown(timeout: .milliseconds(200)) }
}
