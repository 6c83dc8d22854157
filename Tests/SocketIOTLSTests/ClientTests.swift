internal import EngineIOProtocol
internal import NIOSSL
internal import SocketIO
internal import SocketIOClient
internal import SocketIOTLS
internal import Testing

/// The Swift client against the Swift server, over TLS.
@Suite("Clients over TLS", .timeLimit(.minutes(2)))
struct ClientTests {
    private func client(
        _ server: SecureServer, scheme: String = "https", host: String = "localhost",
        _ transports: [TransportName] = [.polling, .websocket], change: (inout ClientTLS) -> Void = { _ in }
    ) throws -> SocketClient {
        var configuration = SocketClient.Configuration()
        configuration.transports = transports
        configuration.reconnects = false
        configuration.tls.roots = .pem(Array(TestCertificates.rootCertificate.utf8))
        change(&configuration.tls)
        return try SocketClient(
            "\(scheme)://\(host):\(server.port)", configuration, logger: SecureServer.logger)
    }

    private func failure(_ client: SocketClient) async -> String {
        do {
            try await client.connect()
            client.disconnect()
            return "connected"
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "events and answers, by every transport",
        arguments: ["https", "wss"], [[TransportName.polling], [.websocket], [.polling, .websocket]])
    func talk(scheme: String, transports: [TransportName]) async throws {
        let server = try await SecureServer()
        let client = try client(server, scheme: scheme, transports)
        let (upgrades, upgraded) = AsyncStream<Void>.makeStream()
        client.onEvent { if $0 == .upgraded { upgraded.yield() } }
        let socket = try await client.connect()
        if transports.count > 1 {
            var iterator = upgrades.makeAsyncIterator()
            await iterator.next()
        }
        let large = String(repeating: "é", count: 100_000)
        #expect(try await socket.call(SecureServer.echo, large, timeout: .seconds(10)) == large)
        let connection = try await socket.call(SecureServer.connection, timeout: .seconds(10))
        #expect(connection == ["secure", "TLSv1.3", "http/1.1", "anonymous"])
        client.disconnect()
        try await server.stop()
    }

    @Test("an address is compared with the addresses of the certificate")
    func address() async throws {
        let server = try await SecureServer()
        let client = try client(server, host: "127.0.0.1")
        let socket = try await client.connect()
        #expect(try await socket.call(SecureServer.echo, "a", timeout: .seconds(10)) == "a")
        client.disconnect()
        try await server.stop()
    }

    @Test(
        "a certificate from a stranger is refused, unless nobody looks",
        arguments: [[TransportName.polling], [.websocket]])
    func stranger(transports: [TransportName]) async throws {
        let server = try await SecureServer()
        let roots = Array(TestCertificates.strangerCertificate.utf8)
        let refused = await failure(try client(server, transports) { $0.roots = .pem(roots) })
        #expect(refused.contains("no trusted root vouches for the certificate of localhost"))
        #expect(
            await failure(try client(server, transports) { $0.roots = .system }).contains("no trusted root"))
        let careless = try client(server, transports) { ($0.roots, $0.verification) = (.pem(roots), .none) }
        #expect(await failure(careless) == "connected")
        try await server.stop()
    }

    @Test("a certificate for another host is refused")
    func otherHost() async throws {
        let server = try await SecureServer { options, folder in
            options.certificates = [
                .init(
                    chain: try folder.write(TestCertificates.otherCertificate, to: "other.crt"),
                    key: try folder.write(TestCertificates.otherKey, to: "other.key"))
            ]
        }
        #expect(await failure(try client(server)).contains("the server's certificate is not for localhost"))
        #expect(await failure(try client(server, host: "127.0.0.1")).contains("is not for 127.0.0.1"))
        #expect(await failure(try client(server) { $0.serverName = "other.example" }) == "connected")
        try await server.stop()
    }

    @Test("a certificate that has ended is refused")
    func ended() async throws {
        let server = try await SecureServer { options, folder in
            options.certificates = [
                .init(
                    chain: try folder.write(TestCertificates.endedCertificate, to: "ended.crt"),
                    key: try folder.write(TestCertificates.endedKey, to: "ended.key"))
            ]
        }
        #expect(await failure(try client(server)).contains("it is not valid now"))
        try await server.stop()
    }

    @Test("a client shows its certificate, and the server sees it")
    func clientCertificate() async throws {
        let server = try await SecureServer { options, folder in
            options.clientCertificates = .required(
                roots: try folder.write(TestCertificates.rootCertificate, to: "roots.pem"))
        }
        let folder = server.folder
        let chain = try folder.write(TestCertificates.clientCertificate, to: "client.crt")
        let key = try folder.write(TestCertificates.clientKey, to: "client.key")
        let client = try client(server) { $0.certificate = .init(chain: chain, key: key) }
        let socket = try await client.connect()
        let connection = try await socket.call(SecureServer.connection, timeout: .seconds(10))
        #expect(connection == ["secure", "TLSv1.3", "http/1.1", "known"])
        client.disconnect()
        #expect(await failure(try self.client(server)) != "connected")
        try await server.stop()
    }

    @Test("a port without TLS, and TLS without its s")
    func wrongScheme() async throws {
        let server = try await SecureServer()
        #expect(await failure(try client(server, scheme: "http")) != "connected")
        let plain = SocketIO(threads: 1, logger: SecureServer.logger)
        let listener = try await plain.listen(port: 0)
        var configuration = SocketClient.Configuration()
        configuration.reconnects = false
        let client = try SocketClient(
            "https://localhost:\(listener.localAddress?.port ?? 0)", configuration,
            logger: SecureServer.logger)
        #expect(await failure(client).contains("TLS:"))
        try await listener.shutdown(timeout: .milliseconds(200))
        try await server.stop()
    }

    @Test("files that cannot be used are named at once")
    func files() throws {
        let folder = try PEMFolder()
        let key = try folder.write(TestCertificates.firstKey, to: "a.key")
        let other = try folder.write(TestCertificates.secondKey, to: "b.key")
        let certificate = try folder.write(TestCertificates.firstCertificate, to: "a.crt")
        for (change, words) in [
            ({ $0.roots = .file("/none.pem") }, "/none.pem: no certificate"),
            ({ $0.roots = .file(key) }, "\(key): no certificate"),
            ({ $0.roots = .pem([]) }, "roots: "),
            ({ $0.certificate = .init(chain: certificate, key: "/none.key") }, "/none.key: no private key"),
            ({ $0.certificate = .init(chain: certificate, key: other) }, "\(other) is not the key"),
        ] as [((inout ClientTLS) -> Void, String)] {
            var configuration = SocketClient.Configuration()
            change(&configuration.tls)
            let error = #expect(throws: ClientError.self) {
                try SocketClient("https://localhost", configuration, logger: SecureServer.logger)
            }
            #expect(error?.description.hasPrefix("TLS: \(words)") == true, "\(error?.description ?? "")")
        }
    }
}
