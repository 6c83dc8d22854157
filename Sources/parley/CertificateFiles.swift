internal import ArgumentParser
internal import Logging
internal import SocketIOTLS

/// The files of the server's own TLS.
struct CertificateFiles: Sendable {
    let chain: String
    let key: String

    /// - Returns: nil when neither file is named.
    init?(chain: String?, key: String?) throws {
        switch (chain, key) {
        case (let chain?, let key?): (self.chain, self.key) = (chain, key)
        case (nil, nil): return nil
        case (_?, nil): throw ValidationError("--tls-cert needs --tls-key, the file of its private key")
        case (nil, _?): throw ValidationError("--tls-key needs --tls-cert, the file of its certificate")
        }
    }

    func makeTLS(logger: Logger) throws -> ServerTLS {
        try ServerTLS(chain: chain, key: key, logger: logger)
    }
}
