internal import EngineIO
internal import NIOCore
internal import NIOSSL
internal import SocketIO
internal import SocketIOTLS
internal import Testing

/// What a TLS port does with who comes.
@Suite("TLS handshakes", .timeLimit(.minutes(2)))
struct HandshakeTests {
    private static let request = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n"

    private func der(_ pem: String) throws -> [UInt8]? {
        try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).first?.toDERBytes()
    }

    private func run(_ server: SecureServer, _ body: (SecureServer) async throws -> Void) async throws {
        do {
            try await body(server)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    @Test("TLS 1.2 and 1.3 are spoken, nothing older")
    func versions() async throws {
        try await run(try await SecureServer()) { server in
            for version in [TLSVersion.tlsv12, .tlsv13] {
                var configuration = try TLSPeer.configuration()
                configuration.minimumTLSVersion = version
                configuration.maximumTLSVersion = version
                let peer = try await TLSPeer.connect(server.port, configuration)
                #expect(peer.handshake?.version == version)
                #expect(await peer.ask(Self.request + "\r\n").hasPrefix("HTTP/1.1 200 OK"))
                peer.close()
            }
            var old = try TLSPeer.configuration()
            old.minimumTLSVersion = .tlsv1
            old.maximumTLSVersion = .tlsv11
            await #expect(throws: (any Error).self) { try await TLSPeer.connect(server.port, old) }
        }
    }

    @Test("TLS 1.3 alone when the options say so")
    func newestOnly() async throws {
        try await run(try await SecureServer { options, _ in options.minimumVersion = .tls13 }) { server in
            var configuration = try TLSPeer.configuration()
            configuration.maximumTLSVersion = .tlsv12
            await #expect(throws: (any Error).self) { try await TLSPeer.connect(server.port, configuration) }
            let peer = try await TLSPeer.connect(server.port)
            #expect(peer.handshake?.version == .tlsv13)
            peer.close()
        }
    }

    @Test("ciphers without authentication of the data, or with keys that last, are not spoken")
    func oldCiphers() async throws {
        try await run(try await SecureServer()) { server in
            var configuration = try TLSPeer.configuration()
            configuration.maximumTLSVersion = .tlsv12
            configuration.cipherSuiteValues = [
                .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, .TLS_RSA_WITH_AES_128_GCM_SHA256,
            ]
            await #expect(throws: (any Error).self) { try await TLSPeer.connect(server.port, configuration) }
        }
    }

    @Test("HTTP/1.1 is chosen among what the client offers", arguments: [["h2", "http/1.1"], ["h2"], []])
    func alpn(offered: [String]) async throws {
        try await run(try await SecureServer()) { server in
            var configuration = try TLSPeer.configuration()
            configuration.applicationProtocols = offered
            let peer = try await TLSPeer.connect(server.port, configuration)
            #expect(peer.handshake?.applicationProtocol == (offered.contains("http/1.1") ? "http/1.1" : nil))
            #expect(await peer.ask(Self.request + "\r\n").hasPrefix("HTTP/1.1 200 OK"))
            peer.close()
        }
    }

    @Test("the certificate is the one of the host that the client names")
    func serverNames() async throws {
        let server = try await SecureServer { options, folder in
            options.certificates.append(
                .init(
                    chain: try folder.write(TestCertificates.otherCertificate, to: "other.crt"),
                    key: try folder.write(TestCertificates.otherKey, to: "other.key"),
                    hosts: ["other.example"]))
        }
        try await run(server) { server in
            let other = try await TLSPeer.connect(server.port, name: "other.example")
            #expect(try other.handshake?.certificate == der(TestCertificates.otherCertificate))
            let first = try await TLSPeer.connect(server.port, name: "localhost")
            #expect(try first.handshake?.certificate == der(TestCertificates.firstCertificate))
            var configuration = try TLSPeer.configuration()
            configuration.certificateVerification = .none
            let unknown = try await TLSPeer.connect(server.port, configuration, name: "unknown.example")
            #expect(try unknown.handshake?.certificate == der(TestCertificates.firstCertificate))
            for peer in [other, first, unknown] { peer.close() }
        }
    }

    @Test("plain HTTP on the port is cut, and the next client served")
    func plainHTTP() async throws {
        try await run(try await SecureServer()) { server in
            let plain = try await TLSPeer.plain(server.port)
            let answer = await plain.ask(Self.request + "\r\n")
            #expect(!answer.contains("HTTP/"))
            #expect(await plain.toTheEnd().count < 64)
            let garbage = try await TLSPeer.plain(server.port)
            _ = await garbage.ask(String(repeating: "\u{16}\u{3}\u{1}\u{7f}", count: 10_000))
            #expect(await garbage.toTheEnd().count < 64)
            let peer = try await TLSPeer.connect(server.port)
            #expect(await peer.ask(Self.request + "\r\n").hasPrefix("HTTP/1.1 200 OK"))
            peer.close()
        }
    }

    @Test("a handshake that is not finished ends with its time", arguments: [0, 1, 5, 200])
    func halfHandshake(bytes: Int) async throws {
        try await run(try await SecureServer(limits: HTTPLimits(headTimeout: .milliseconds(100)))) { server in
            let plain = try await TLSPeer.plain(server.port)
            // A record of 512 bytes that begins as a client's first does, and does not come whole.
            let hello: [UInt8] = [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3] + [UInt8](repeating: 7, count: 400)
            // On a busy machine its time may be over before.
            try? await plain.channel.writeAndFlush(ByteBuffer(bytes: hello.prefix(bytes))).get()
            #expect(await plain.toTheEnd() == [])
        }
    }

    @Test("who has shaken hands and says nothing ends with the same time")
    func silent() async throws {
        try await run(try await SecureServer(limits: HTTPLimits(headTimeout: .seconds(1)))) { server in
            // On a busy machine its time may be over before.
            let peer = try? await TLSPeer.connect(server.port)
            #expect(await peer?.toTheEnd() ?? [] == [])
        }
    }

    // MARK: - Clients' certificates

    private func configuration(showing certificate: String, _ key: String) throws -> TLSConfiguration {
        var configuration = try TLSPeer.configuration()
        configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
            .certificate($0)
        }
        configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
        return configuration
    }

    @Test("required certificates: who shows none, or a stranger's, is not served", arguments: [true, false])
    func clientCertificates(isRequired: Bool) async throws {
        let server = try await SecureServer { options, folder in
            let roots = try folder.write(TestCertificates.rootCertificate, to: "roots.pem")
            options.clientCertificates = isRequired ? .required(roots: roots) : .optional(roots: roots)
        }
        try await run(server) { server in
            let known = try await TLSPeer.connect(
                server.port,
                configuration(showing: TestCertificates.clientCertificate, TestCertificates.clientKey))
            #expect(await known.ask(Self.request + "\r\n").hasPrefix("HTTP/1.1 200 OK"))
            // In TLS 1.3 the client believes that all is well until it hears otherwise.
            let anonymous = try? await TLSPeer.connect(server.port)
            let answer = await anonymous?.ask(Self.request + "\r\n") ?? ""
            #expect(answer.hasPrefix("HTTP/1.1 200 OK") == !isRequired)
            let intruder = try? await TLSPeer.connect(
                server.port,
                configuration(showing: TestCertificates.intruderCertificate, TestCertificates.intruderKey))
            #expect(await intruder?.ask(Self.request + "\r\n") ?? "" == "")
            for peer in [known, anonymous, intruder] { peer?.close() }
        }
    }

    // MARK: - What the server does when it is encrypted

    @Test("a WebSocket that goes without a farewell has ended, not failed", arguments: [true, false])
    func farewell(isCut: Bool) async throws {
        try await run(try await SecureServer()) { server in
            let peer = try await TLSPeer.connect(server.port)
            let opened = await peer.ask(
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            #expect(opened.hasPrefix("HTTP/1.1 101"))
            // "40", masked with nothing.
            var answer = await peer.ask([0x81, 0x82, 0, 0, 0, 0] + Array("40".utf8))
            while !answer.isEmpty, !answer.contains("40{\"sid\"") { answer = await peer.ask([]) }
            if isCut { try await peer.cut() } else { peer.close() }
            var ends = server.ends.makeAsyncIterator()
            #expect(await ends.next() == "transport close")
        }
    }

    @Test("the session's cookie is for encrypted connections")
    func cookie() async throws {
        var configuration = Configuration()
        configuration.engine.cookie = HandshakeCookie()
        try await run(try await SecureServer(configuration: configuration)) { server in
            let peer = try await TLSPeer.connect(server.port)
            let answer = await peer.ask(Self.request + "\r\n")
            #expect(answer.contains("; HttpOnly; Secure; SameSite=Lax"))
            peer.close()
        }
    }

    @Test("a page of the same host that was not encrypted is a foreign one")
    func origins() async throws {
        try await run(try await SecureServer()) { server in
            let peer = try await TLSPeer.connect(server.port)
            let same = await peer.ask(Self.request + "Origin: https://localhost\r\n\r\n")
            #expect(same.hasPrefix("HTTP/1.1 200 OK"))
            let other = await peer.ask(Self.request + "Origin: http://localhost\r\n\r\n")
            #expect(other.hasPrefix("HTTP/1.1 403"))
            peer.close()
        }
    }
}
