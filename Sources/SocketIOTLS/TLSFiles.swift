internal import FoundationEssentials
internal import NIOSSL

/// The bytes of all files that a server's TLS is made of, as they were at one moment.
struct TLSFiles: Equatable, Sendable {
    /// More than any chain of certificates has.
    private static let maxBytes = 1 << 20

    private let options: [ServerTLS.Certificate]
    private let chains: [[UInt8]]
    private let keys: [[UInt8]]
    private let roots: [UInt8]?

    /// Reads them. Blocks; not for event loops.
    init(_ options: ServerTLS.Options) throws(TLSFileError) {
        self.options = options.certificates
        var chains: [[UInt8]] = []
        var keys: [[UInt8]] = []
        for certificate in options.certificates {
            chains.append(try Self.read(certificate.chain))
            keys.append(try Self.read(certificate.key))
        }
        self.chains = chains
        self.keys = keys
        if let path = options.clientCertificates.roots {
            roots = try Self.read(path)
        } else {
            roots = nil
        }
    }

    private static func read(_ path: String) throws(TLSFileError) -> [UInt8] {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw TLSFileError(path, reading: error)
        }
        guard bytes.count <= maxBytes else {
            throw TLSFileError(
                path, "is larger than \(maxBytes) bytes; it should hold certificates or a key in PEM form")
        }
        return Array(bytes)
    }

    /// The certificates with their keys, in the order of the options.
    func identities() throws(TLSFileError) -> [TLSIdentity] {
        var identities: [TLSIdentity] = []
        for (index, certificate) in options.enumerated() {
            identities.append(
                try TLSIdentity(certificate, chain: chains[index], key: keys[index]))
        }
        return identities
    }

    /// The roots that clients' certificates must come from.
    func clientRoots(_ path: String) throws(TLSFileError) -> [NIOSSLCertificate] {
        try Self.certificates(roots ?? [], in: path)
    }

    static func certificates(_ bytes: [UInt8], in path: String) throws(TLSFileError) -> [NIOSSLCertificate] {
        let certificates = (try? NIOSSLCertificate.fromPEMBytes(bytes)) ?? []
        guard !certificates.isEmpty else {
            throw TLSFileError(
                path, "holds no certificate in PEM form, the one that begins with -----BEGIN CERTIFICATE-----"
            )
        }
        return certificates
    }
}
