/// A rule of the opening handshake (RFC 6455 section 4.2.1) that a request broke. Answer with ``status`` and
/// close.
@frozen
public enum HandshakeViolation: Error, Equatable, Sendable, CaseIterable {
    /// The method is not GET.
    case methodNotGet
    /// The request is older than HTTP/1.1.
    case httpVersionTooOld
    /// `Upgrade` does not name `websocket`.
    case upgradeNotWebSocket
    /// `Connection` does not name `upgrade`.
    case connectionNotUpgrade
    /// There is no `Sec-WebSocket-Version`.
    case versionMissing
    /// There is more than one `Sec-WebSocket-Version` line.
    case versionRepeated
    /// The version is not 13; the answer must name it: ``OpeningHandshake/supportedVersion``.
    case versionUnsupported
    /// There is no `Sec-WebSocket-Key`.
    case keyMissing
    /// There is more than one `Sec-WebSocket-Key` line.
    case keyRepeated
    /// The key is not the base64 form of 16 bytes.
    case keyMalformed

    /// The HTTP status of the answer: 426 for another version (section 4.4), else 400.
    public var status: Int {
        switch self {
        case .versionUnsupported: 426
        case .methodNotGet, .httpVersionTooOld, .upgradeNotWebSocket, .connectionNotUpgrade, .versionMissing,
            .versionRepeated, .keyMissing, .keyRepeated, .keyMalformed:
            400
        }
    }

    /// Short ASCII for the answer's body; nothing of the peer's in it.
    public var reason: String {
        switch self {
        case .methodNotGet: "WebSocket handshake must be GET"
        case .httpVersionTooOld: "WebSocket handshake needs HTTP/1.1"
        case .upgradeNotWebSocket: "Upgrade must name websocket"
        case .connectionNotUpgrade: "Connection must name Upgrade"
        case .versionMissing: "Sec-WebSocket-Version is missing"
        case .versionRepeated: "Sec-WebSocket-Version is repeated"
        case .versionUnsupported: "Sec-WebSocket-Version must be 13"
        case .keyMissing: "Sec-WebSocket-Key is missing"
        case .keyRepeated: "Sec-WebSocket-Key is repeated"
        case .keyMalformed: "Sec-WebSocket-Key must be 16 bytes in base64"
        }
    }
}
