internal import EngineIO
internal import NIOCore
internal import NIOSSL

/// What new connections are encrypted with: the files of one moment, made ready.
struct LoadedTLS: Sendable {
    let context: NIOSSLContext
    /// When the first of the certificates ends, in seconds since 1970.
    let notAfter: Double

    /// AES-GCM and ChaCha20 with keys that are forgotten. TLS 1.3 has its own, all of this kind.
    private static let ciphers: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]

    /// Blocks; not for event loops.
    init(_ files: TLSFiles, _ options: ServerTLS.Options) throws(TLSFileError) {
        let identities = try files.identities()
        guard let first = identities.first else {
            throw TLSFileError("certificates", "is empty; name at least one certificate and its key")
        }
        for identity in identities { try identity.check() }
        var configuration = first.configuration
        switch options.minimumVersion {
        case .tls12: configuration.minimumTLSVersion = .tlsv12
        case .tls13: configuration.minimumTLSVersion = .tlsv13
        }
        configuration.cipherSuiteValues = Self.ciphers
        configuration.applicationProtocols = options.http2 ? [ConnectionTLS.http2, "http/1.1"] : ["http/1.1"]
        configuration.shutdownTimeout = TimeAmount(options.closeTimeout)
        switch options.clientCertificates {
        case .none: break
        case .optional(let roots):
            configuration.certificateVerification = .optionalVerification
            configuration.trustRoots = .certificates(try files.clientRoots(roots))
        case .required(let roots):
            // A client's certificate names no host that could be looked at.
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates(try files.clientRoots(roots))
        }
        configuration.sendCANameList = options.clientCertificates != .none
        if identities.count > 1 {
            configuration.sslContextCallback = { values, promise in
                let host = values.serverHostname
                let wanted = host.flatMap { host in identities.first { $0.certificate.isFor(host) } }
                promise.succeed(wanted?.override ?? .noChanges)
            }
        }
        notAfter = identities.map(\.notAfter).min() ?? 0
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSFileError(first.certificate.chain, "cannot be used: \(error)")
        }
    }
}
