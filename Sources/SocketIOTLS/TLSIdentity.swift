internal import NIOSSL

/// A certificate of the server with its key.
struct TLSIdentity: Sendable {
    let certificate: ServerTLS.Certificate
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey

    init(_ certificate: ServerTLS.Certificate, chain: [UInt8], key: [UInt8]) throws(TLSFileError) {
        self.certificate = certificate
        self.chain = try TLSFiles.certificates(chain, in: certificate.chain)
        self.key = try Self.privateKey(key, in: certificate.key)
    }

    private static func privateKey(_ bytes: [UInt8], in path: String) throws(TLSFileError) -> NIOSSLPrivateKey
    {
        guard !String(decoding: bytes, as: UTF8.self).contains("ENCRYPTED") else {
            throw TLSFileError(
                path,
                "is encrypted; write it without a passphrase: openssl pkey -in \(path) -out server-key.pem")
        }
        do {
            return try NIOSSLPrivateKey(bytes: bytes, format: .pem)
        } catch {
            throw TLSFileError(
                path, "holds no private key in PEM form, the one that begins with -----BEGIN PRIVATE KEY-----"
            )
        }
    }

    /// When the certificate ends, in seconds since 1970.
    var notAfter: Double { chain.first.map { Double($0.notValidAfter) } ?? 0 }

    /// Finds out whether certificate and key belong together.
    func check() throws(TLSFileError) {
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSFileError(
                certificate.key,
                "is not the key of the first certificate in \(certificate.chain): name the key that it was made with, and "
                    + "put the server's own certificate first in the chain (\(error))")
        }
    }

    /// A server's configuration with this certificate alone.
    var configuration: TLSConfiguration {
        TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    }

    /// What a handshake is changed by that is to show this certificate.
    var override: NIOSSLContextConfigurationOverride {
        var override = NIOSSLContextConfigurationOverride()
        override.certificateChain = chain.map { .certificate($0) }
        override.privateKey = .privateKey(key)
        return override
    }
}
