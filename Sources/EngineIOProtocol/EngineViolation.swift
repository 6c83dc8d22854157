/// How a peer broke the Engine.IO protocol. Every case closes the session.
public enum EngineViolation: Error, Equatable, Sendable {
    /// A text packet, a payload or one of its records is empty.
    case emptyPacket
    /// The first byte of a packet is no packet type.
    case unknownPacketType
    /// A `b` record does not hold standard base64.
    case invalidBase64
    /// A payload holds more packets than allowed.
    case tooManyPackets
    /// The length before a packet of a v3 payload is no number, or no packet of that length follows.
    case malformedLength
    /// A payload is not valid UTF-8.
    case invalidUTF8

    /// The broken rule in words; nothing of the peer's in it.
    public var reason: String {
        switch self {
        case .emptyPacket: "empty packet"
        case .unknownPacketType: "unknown packet type"
        case .invalidBase64: "invalid base64"
        case .tooManyPackets: "too many packets in one payload"
        case .malformedLength: "malformed length"
        case .invalidUTF8: "invalid UTF-8"
        }
    }

    /// The reason that the session ends with.
    public var closeReason: CloseReason { .parseError }
}
