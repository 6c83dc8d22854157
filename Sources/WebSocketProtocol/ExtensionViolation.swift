/// What is wrong with a `Sec-WebSocket-Extensions` field: the handshake must be refused (RFC 6455 sections 4.1
/// and 9.1). An offer that is well-formed but unacceptable is no violation: it is declined.
@frozen
public enum ExtensionViolation: Error, Equatable, Sendable, CaseIterable {
    /// The field does not follow its grammar, or is longer than ``ExtensionList/maxBytes``.
    case malformed
    /// The answer names an extension that was not offered.
    case notOffered
    /// The answer names an extension twice.
    case repeated
    /// The answer has a parameter that the offer did not allow, or one without its proper value.
    case invalidParameter

    /// Short ASCII for a log or an answer's body; nothing of the peer's in it.
    public var reason: String {
        switch self {
        case .malformed: "Sec-WebSocket-Extensions is malformed"
        case .notOffered: "an extension that was not offered"
        case .repeated: "an extension was accepted twice"
        case .invalidParameter: "an invalid extension parameter"
        }
    }
}
