public import NIOCore
public import NIOHTTP1

/// An HTTP request to an engine. A session keeps the one that opened it.
public final class HandshakeRequest: Sendable {
    private enum Form {
        case whole(HTTPRequestHead)
        case packed(PackedHead)
    }

    private let form: Form
    /// The address of the peer; a proxy's when there is one in front.
    public let remoteAddress: SocketAddress?
    /// Whether the connection is encrypted up to this process.
    public let isSecure: Bool
    /// What the TLS handshake of the connection settled; nil when it is not encrypted up to this process.
    public let tls: ConnectionTLS?

    init(
        head: HTTPRequestHead, remoteAddress: SocketAddress?, isSecure: Bool, tls: ConnectionTLS? = nil
    ) {
        form = .whole(head)
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
        self.tls = tls
    }

    private init(packing request: HandshakeRequest) {
        form = .packed(PackedHead(request.head))
        remoteAddress = request.remoteAddress
        isSecure = request.isSecure
        tls = request.tls
    }

    /// The method, target and headers as they came. Of an open session they are made anew each time: keep what you
    /// ask for more than once.
    public var head: HTTPRequestHead {
        switch form {
        case .whole(let head): head
        case .packed(let packed): packed.head
        }
    }

    /// The same request, as small as a session keeps it.
    func packed() -> HandshakeRequest { HandshakeRequest(packing: self) }

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
