/// What the TLS handshake of a connection settled.
public struct ConnectionTLS: Sendable, Equatable {
    /// The name of HTTP/2 (RFC 9113, section 3.1).
    public static let http2 = "h2"

    /// The version that is spoken, such as `TLSv1.3`.
    public var version: String
    /// What both sides chose to speak over it (ALPN), such as `http/1.1`; nil when the client named nothing.
    public var applicationProtocol: String?
    /// The client's own certificate in DER form, which was verified; nil when it showed none.
    public var clientCertificate: [UInt8]?

    /// A handshake with these results.
    public init(version: String, applicationProtocol: String? = nil, clientCertificate: [UInt8]? = nil) {
        self.version = version
        self.applicationProtocol = applicationProtocol
        self.clientCertificate = clientCertificate
    }
}
