/// Whom a client trusts, and who it is, over `https` and `wss`.
public struct ClientTLS: Sendable, Equatable {
    /// Who may vouch for a server.
    public enum Roots: Sendable, Equatable {
        /// Those that the system trusts.
        case system
        /// Those in a PEM file (`ca`), and no others.
        case file(String)
        /// Those in these PEM bytes, and no others.
        case pem([UInt8])
    }

    /// What is looked at in a server's certificate (`rejectUnauthorized`).
    public enum Verification: Sendable, Equatable {
        /// That a trusted root vouches for it, and that it is for the host that was asked for.
        case full
        /// Nothing: anybody on the way can read and change everything. For tests.
        case none
    }

    /// A certificate of the client, for servers that ask for one.
    public struct Certificate: Sendable, Equatable {
        /// The PEM file of the certificate, followed by those that lead to its root (`cert`).
        public var chain: String
        /// The PEM file of its private key, not encrypted (`key`).
        public var key: String

        /// The certificate in these files.
        public init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    /// Who may vouch for the server.
    public var roots = Roots.system
    /// What is looked at in its certificate.
    public var verification = Verification.full
    /// The name that the server is asked for and that its certificate must be for; nil takes the URL's host.
    public var serverName: String?
    /// What the client shows when it is asked.
    public var certificate: Certificate?

    /// The system's roots, everything looked at, no certificate.
    public init() {}
}
