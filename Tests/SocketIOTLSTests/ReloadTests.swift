internal import NIOCore
internal import NIOSSL
internal import Testing

@testable internal import SocketIOTLS

/// Certificates that change while the server runs.
@Suite("TLS certificates loaded again", .timeLimit(.minutes(2)))
struct ReloadTests {
    private static let request = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private func der(_ pem: String) throws -> [UInt8]? {
        try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).first?.toDERBytes()
    }

    private func shown(by server: SecureServer) async throws -> [UInt8]? {
        let peer = try await TLSPeer.connect(server.port)
        peer.close()
        return peer.handshake?.certificate
    }

    @Test("new connections get the new certificate, open ones go on")
    func byHand() async throws {
        let book = LogBook()
        let server = try await SecureServer(logger: book.logger)
        let early = try await TLSPeer.connect(server.port)
        try server.replace(certificate: TestCertificates.secondCertificate, key: TestCertificates.secondKey)
        #expect(try await shown(by: server) == der(TestCertificates.firstCertificate))
        try await server.tls.reload()
        #expect(try await shown(by: server) == der(TestCertificates.secondCertificate))
        #expect(await early.ask(Self.request).hasPrefix("HTTP/1.1 200 OK"))
        early.close()
        #expect(await book.next()?.hasPrefix("notice TLS certificates loaded again") == true)
        try await server.stop()
    }

    @Test("a reload that fails says why and changes nothing")
    func badByHand() async throws {
        let server = try await SecureServer()
        try server.folder.write(TestCertificates.secondCertificate, to: "server.crt")
        let error = await #expect(throws: TLSFileError.self) { try await server.tls.reload() }
        #expect(error?.file == server.folder.path + "/server.key")
        #expect(try await shown(by: server) == der(TestCertificates.firstCertificate))
        try await server.stop()
    }

    @Test("the server sees by itself that the files are others")
    func byTime() async throws {
        let book = LogBook()
        let server = try await SecureServer(logger: book.logger) { options, _ in
            options.checkInterval = .milliseconds(2)
        }
        try server.folder.write(TestCertificates.secondKey, to: "server.key")
        // The key alone does not belong to the old certificate.
        let error = await book.next()
        #expect(error?.hasPrefix("error new TLS files cannot be used, the old certificates stay") == true)
        #expect(error?.contains("server.key") == true)
        #expect(try await shown(by: server) == der(TestCertificates.firstCertificate))
        try server.folder.write(TestCertificates.secondCertificate, to: "server.crt")
        #expect(await book.next()?.hasPrefix("notice TLS certificates loaded again") == true)
        #expect(try await shown(by: server) == der(TestCertificates.secondCertificate))
        try await server.stop()
        #expect(await book.rest() == [])
    }

    @Test("files are taken when they stand still; what is wrong with them is said once")
    func looks() async throws {
        let book = LogBook()
        let server = try await SecureServer(logger: book.logger)
        let tls = server.tls
        tls.check()
        try server.replace(certificate: TestCertificates.secondCertificate, key: TestCertificates.secondKey)
        tls.check()
        #expect(try await shown(by: server) == der(TestCertificates.firstCertificate))
        tls.check()
        #expect(await book.next()?.hasPrefix("notice TLS certificates loaded again") == true)
        #expect(try await shown(by: server) == der(TestCertificates.secondCertificate))
        try server.folder.write("half a certif", to: "server.crt")
        for _ in 0..<5 { tls.check() }
        #expect(await book.next()?.contains("holds no certificate in PEM form") == true)
        try server.folder.write(TestCertificates.secondCertificate, to: "server.crt")
        for _ in 0..<3 { tls.check() }
        try server.folder.write("half a certif", to: "server.crt")
        for _ in 0..<5 { tls.check() }
        #expect(await book.next()?.contains("holds no certificate in PEM form") == true)
        #expect(try await shown(by: server) == der(TestCertificates.secondCertificate))
        try await server.stop()
        #expect(await book.rest() == [])
    }
}
