extension ServerTLS {
    /// What a server's TLS is like.
    public struct Options: Sendable {
        /// The server's certificates, at least one. The first is for clients that name no host, or none that the others
        /// are for.
        public var certificates: [Certificate]
        /// The oldest version that is spoken.
        public var minimumVersion = Version.tls12
        /// Whether HTTP/2 is offered beside HTTP/1.1. Polls and pages share a connection then; WebSockets have connections of
        /// their own, which browsers open by themselves.
        public var http2 = false
        /// Whether clients show certificates of their own.
        public var clientCertificates = ClientCertificates.none
        /// How often the files are looked at for new certificates; nil never does, ``ServerTLS/reload()`` remains.
        ///
        /// New files are taken when they have not changed between two looks: half a file is no certificate.
        public var checkInterval: Duration? = .seconds(10)
        /// How long a client has to answer the end of the encryption before its connection is cut.
        public var closeTimeout = Duration.seconds(2)

        /// Options with these certificates and the defaults.
        public init(certificates: [Certificate]) {
            self.certificates = certificates
        }
    }

    /// A certificate of the server and the hosts that it is for.
    public struct Certificate: Sendable, Equatable {
        /// The file of the certificate in PEM form, followed by those that lead to its root.
        public var chain: String
        /// The file of its private key in PEM form, not encrypted.
        public var key: String
        /// The hosts that a client may ask for by name (SNI) to get this one, `*.chat.example` for those one level below.
        public var hosts: [String]

        /// The certificate in these files.
        public init(chain: String, key: String, hosts: [String] = []) {
            self.chain = chain
            self.key = key
            self.hosts = hosts
        }

        /// Whether it is for the host of this name.
        func isFor(_ host: String) -> Bool {
            let asked = host.lowercased()
            return hosts.contains { name in
                let name = name.lowercased()
                guard name.hasPrefix("*.") else { return name == asked }
                guard let dot = asked.firstIndex(of: "."), dot != asked.startIndex else { return false }
                return asked[dot...] == name.dropFirst()
            }
        }
    }

    /// Versions of TLS. Those before 1.2 have known weaknesses (RFC 8996) and are not spoken.
    public enum Version: Sendable, Equatable {
        case tls12, tls13
    }

    /// Whether clients show certificates of their own (mTLS). What they show is in `ConnectionTLS.clientCertificate`.
    public enum ClientCertificates: Sendable, Equatable {
        /// They are not asked.
        case none
        /// Who shows one must have it from a root in this PEM file.
        case optional(roots: String)
        /// Nobody gets in without one from a root in this PEM file.
        case required(roots: String)

        var roots: String? {
            switch self {
            case .none: nil
            case .optional(let roots), .required(let roots): roots
            }
        }
    }
}
