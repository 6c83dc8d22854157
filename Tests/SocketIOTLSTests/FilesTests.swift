internal import Testing

@testable internal import SocketIOTLS

/// What is said when TLS cannot begin: the file, and what to do.
@Suite("TLS files", .timeLimit(.minutes(1)))
struct FilesTests {
    private let folder: PEMFolder
    private let certificate: String
    private let key: String

    init() throws {
        folder = try PEMFolder()
        certificate = try folder.write(TestCertificates.firstCertificate, to: "a.crt")
        key = try folder.write(TestCertificates.firstKey, to: "a.key")
    }

    private func error(_ options: ServerTLS.Options) throws -> TLSFileError {
        try #require(throws: TLSFileError.self) { try ServerTLS(options, logger: SecureServer.logger) }
    }

    private func error(chain: String, key: String) throws -> TLSFileError {
        try error(.init(certificates: [.init(chain: chain, key: key)]))
    }

    @Test("good files are taken")
    func good() throws {
        let tls = try ServerTLS(chain: certificate, key: key, logger: SecureServer.logger)
        #expect(tls.notAfter == 4_733_510_400)
    }

    @Test("a file that is not there is named")
    func missing() throws {
        let missing = folder.path + "/none.crt"
        #expect(
            try error(chain: missing, key: key).description.hasPrefix(
                "\(missing): there is no such file; check the path"))
        #expect(try error(chain: certificate, key: missing).file == missing)
        var options = ServerTLS.Options(certificates: [.init(chain: certificate, key: key)])
        options.clientCertificates = .required(roots: missing)
        #expect(try error(options).file == missing)
    }

    @Test("a folder is no file")
    func notAFile() throws {
        let error = try error(chain: folder.path, key: key)
        #expect(error.file == folder.path && error.problem.hasPrefix("cannot be read"))
    }

    @Test("a file without a certificate, or without a key, is named")
    func noPEM() throws {
        let chain = try error(chain: key, key: key)
        #expect(chain.file == key && chain.problem.contains("-----BEGIN CERTIFICATE-----"))
        let error = try error(chain: certificate, key: certificate)
        #expect(error.file == certificate && error.problem.contains("-----BEGIN PRIVATE KEY-----"))
        let empty = try folder.write("", to: "empty")
        #expect(try self.error(chain: empty, key: key).file == empty)
        var options = ServerTLS.Options(certificates: [.init(chain: certificate, key: key)])
        options.clientCertificates = .optional(roots: empty)
        #expect(try self.error(options).file == empty)
    }

    @Test("a file that is too large is not taken apart")
    func tooLarge() throws {
        let large = try folder.write(String(repeating: "#", count: 1 << 21), to: "large")
        #expect(try error(chain: large, key: key).problem.contains("larger than"))
    }

    @Test("an encrypted key says how to decrypt it")
    func encrypted() throws {
        let encrypted = try folder.write(TestCertificates.encryptedKey, to: "encrypted.key")
        #expect(
            try error(chain: certificate, key: encrypted).problem.contains("openssl pkey -in \(encrypted)"))
    }

    @Test("a key that belongs to another certificate is refused, for each of several")
    func otherKey() throws {
        let other = try folder.write(TestCertificates.secondKey, to: "second.key")
        let alone = try error(chain: certificate, key: other)
        #expect(
            alone.file == other
                && alone.problem.contains("is not the key of the first certificate in \(certificate)"))
        let good = ServerTLS.Certificate(chain: certificate, key: key)
        let bad = ServerTLS.Certificate(chain: certificate, key: other, hosts: ["other.example"])
        #expect(try error(.init(certificates: [good, bad])).file == other)
    }

    @Test("no certificate at all")
    func none() throws {
        #expect(try error(.init(certificates: [])).problem.contains("at least one"))
    }

    @Test("a certificate that has ended is taken, with a warning")
    func ended() async throws {
        let book = LogBook()
        _ = try ServerTLS(
            chain: try folder.write(TestCertificates.endedCertificate, to: "ended.crt"),
            key: try folder.write(TestCertificates.endedKey, to: "ended.key"), logger: book.logger)
        #expect(await book.next()?.hasPrefix("warning a TLS certificate has ended") == true)
    }

    @Test(
        "names and wildcards",
        arguments: [
            ("chat.example", true), ("CHAT.Example", true), ("a.chat.example", false),
            ("a.wild.example", true),
            ("A.WILD.example", true), ("wild.example", false), ("a.b.wild.example", false), ("", false),
            (".wild.example", false), ("awild.example", false), ("chat.example.", false),
        ])
    func names(host: String, isFor: Bool) {
        let certificate = ServerTLS.Certificate(
            chain: "", key: "", hosts: ["chat.example", "*.wild.example"])
        #expect(certificate.isFor(host) == isFor)
    }
}
