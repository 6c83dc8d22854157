public import NIOCore
public import NIOHTTP1

/// An HTTP request to an engine. A session keeps the one that opened it.
public final class HandshakeRequest: Sendable {
    /// The method, target and headers as they came.
    public let head: HTTPRequestHead
    /// The address of the peer; a proxy's when there is one in front.
    public let remoteAddress: SocketAddress?
    /// Whether the connection is encrypted up to this process.
    public let isSecure: Bool
    /// What the TLS handshake of the connection settled; nil when it is not encrypted up to this process.
    public let tls: ConnectionTLS?

    init(
        head: HTTPRequestHead, remoteAddress: SocketAddress?, isSecure: Bool, tls: ConnectionTLS? = nil
    ) {
        self.head = head
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
        self.tls = tls
    }

    /// The value of a cookie; nil when the request carries none of this name.
    func cookie(_ name: String) -> String? {
        for header in head.headers["cookie"] {
            for pair in header.split(separator: ";") {
                let trimmed = pair.drop { $0 == " " }
                guard let equals = trimmed.firstIndex(of: "=") else { continue }
                if trimmed[..<equals] == name { return String(trimmed[trimmed.index(after: equals)...]) }
            }
        }
        return nil
    }
}
