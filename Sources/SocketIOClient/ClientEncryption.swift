internal import NIOCore
internal import NIOSSL

/// A ``ClientTLS`` made ready for connections to one host.
struct ClientEncryption: Sendable {
    private let context: NIOSSLContext
    /// The host's name for SNI and its certificate; nil when it is an address, which the certificate must name then.
    private let name: String?
    private let host: String

    /// Reads the files. - Throws: ``ClientError/invalidTLS(_:)``.
    init(_ tls: ClientTLS, host: String) throws(ClientError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = .seconds(2)
        switch tls.roots {
        case .system: break
        case .file(let path):
            configuration.trustRoots = .certificates(
                try Self.certificates(in: path) { try NIOSSLCertificate.fromPEMFile(path) })
        case .pem(let bytes):
            configuration.trustRoots = .certificates(
                try Self.certificates(in: "roots") { try NIOSSLCertificate.fromPEMBytes(bytes) })
        }
        if tls.verification == .none { configuration.certificateVerification = .none }
        if let certificate = tls.certificate {
            let chain = try Self.certificates(in: certificate.chain) {
                try NIOSSLCertificate.fromPEMFile(certificate.chain)
            }
            configuration.certificateChain = chain.map { .certificate($0) }
            do {
                configuration.privateKey = .privateKey(
                    try NIOSSLPrivateKey(file: certificate.key, format: .pem))
            } catch {
                throw .invalidTLS(
                    "\(certificate.key): no private key in PEM form can be read there (\(error))")
            }
        }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .invalidTLS(
                tls.certificate.map {
                    "\($0.key) is not the key of the certificate in \($0.chain) (\(error))"
                }
                    ?? "\(error)")
        }
        self.host = tls.serverName ?? host
        let isAddress = (try? SocketAddress(ipAddress: self.host, port: 0)) != nil
        name = isAddress ? nil : self.host
    }

    private static func certificates(
        in what: String, _ read: () throws -> [NIOSSLCertificate]
    ) throws(ClientError) -> [NIOSSLCertificate] {
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try read()
        } catch {
            throw .invalidTLS("\(what): no certificate in PEM form can be read there (\(error))")
        }
        guard !certificates.isEmpty else { throw .invalidTLS("\(what): holds no certificate in PEM form") }
        return certificates
    }

    /// Puts the encryption into the empty pipeline of a connection.
    func install(in channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandlers(
            NIOSSLClientHandler(context: context, serverHostname: name), ClientTLSReporter(host: host))
    }
}
