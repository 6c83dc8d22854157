/// Why a connection ends (RFC 6455 section 7.4 and IANA's registry of close codes).
@frozen
public struct CloseCode: RawRepresentable, Hashable, Sendable {
    /// The number as it stands in a close frame.
    public let rawValue: UInt16

    /// Any number; ``mayAppearOnTheWire`` tells whether a close frame can carry it.
    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// 1000: the purpose of the connection has been fulfilled.
    public static let normal = CloseCode(rawValue: 1000)
    /// 1001: the server shuts down or the page was left.
    public static let goingAway = CloseCode(rawValue: 1001)
    /// 1002: the peer broke the protocol.
    public static let protocolError = CloseCode(rawValue: 1002)
    /// 1003: this kind of data is not accepted.
    public static let unsupportedData = CloseCode(rawValue: 1003)
    /// 1005: the close frame carried no code; never on the wire.
    public static let noStatus = CloseCode(rawValue: 1005)
    /// 1006: the connection ended without a close frame; never on the wire.
    public static let abnormal = CloseCode(rawValue: 1006)
    /// 1007: the payload does not fit the message's kind, such as text that is not UTF-8.
    public static let invalidPayload = CloseCode(rawValue: 1007)
    /// 1008: a rule of the receiver's own was broken.
    public static let policyViolation = CloseCode(rawValue: 1008)
    /// 1009: the message is larger than the receiver takes.
    public static let messageTooBig = CloseCode(rawValue: 1009)
    /// 1011: the server met an unexpected condition.
    public static let internalError = CloseCode(rawValue: 1011)
    /// 1012: the server restarts; the client may come back.
    public static let serviceRestart = CloseCode(rawValue: 1012)
    /// 1013: the server is overloaded; the client should come back later.
    public static let tryAgainLater = CloseCode(rawValue: 1013)

    /// Whether a close frame may carry this code: 1000...1003, 1007...1014 and 3000...4999. 1004 is reserved;
    /// 1005, 1006 and 1015 only describe an end to the local application (RFC 6455 section 7.4.1).
    public var mayAppearOnTheWire: Bool {
        switch self.rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
