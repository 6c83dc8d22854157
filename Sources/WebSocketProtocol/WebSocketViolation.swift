/// A rule of RFC 6455, or a limit of ours, that the peer broke. The connection must be failed: send a close
/// frame with ``closeCode`` and ``reason``, then close (RFC 6455 section 7.1.7).
@frozen
public enum WebSocketViolation: Error, Equatable, Sendable, CaseIterable {
    /// An RSV bit without an extension that gives it a meaning on this frame (section 5.2).
    case reservedBits
    /// One of the opcodes 3...7 and 11...15 (section 5.2).
    case reservedOpcode
    /// A close, ping or pong without FIN (section 5.5).
    case fragmentedControlFrame
    /// A close, ping or pong with more than 125 bytes (section 5.5).
    case controlFrameTooLong
    /// A client's frame without a mask (section 5.1).
    case unmaskedFrame
    /// A server's frame with a mask (section 5.1).
    case maskedFrame
    /// A payload length in more bytes than it needs (section 5.2).
    case nonMinimalLength
    /// A 64-bit payload length with the most significant bit set (section 5.2).
    case lengthOutOfRange
    /// A frame or a message above our limit (section 10.4).
    case messageTooBig
    /// A continuation frame while no message is open (section 5.4).
    case continuationWithoutStart
    /// A text or binary frame while a fragmented message is open (section 5.4).
    case messageInterrupted
    /// A message in more fragments than we take, empty ones counted (section 10.4).
    case tooManyFragments
    /// A frame after the close frame (section 5.5.1).
    case frameAfterClose
    /// A text message or a close reason that is not UTF-8 (section 8.1).
    case invalidUTF8
    /// A compressed message that is no DEFLATE stream, or an incomplete one (RFC 7692 section 7.2.2).
    case invalidDeflate
    /// A close payload of a single byte (section 5.5.1).
    case closePayloadTooShort
    /// A close code that must not appear in a close frame (section 7.4).
    case invalidCloseCode

    /// The code for the close frame that tells the peer.
    public var closeCode: CloseCode {
        switch self {
        case .messageTooBig: .messageTooBig
        case .tooManyFragments: .policyViolation
        case .invalidUTF8, .invalidDeflate: .invalidPayload
        case .reservedBits, .reservedOpcode, .fragmentedControlFrame, .controlFrameTooLong, .unmaskedFrame,
            .maskedFrame, .nonMinimalLength, .lengthOutOfRange, .continuationWithoutStart,
            .messageInterrupted, .frameAfterClose, .closePayloadTooShort, .invalidCloseCode:
            .protocolError
        }
    }

    /// The reason for the close frame: short ASCII, at most 123 bytes, nothing of the peer's in it.
    public var reason: String {
        switch self {
        case .reservedBits: "reserved bits must be 0"
        case .reservedOpcode: "reserved opcode"
        case .fragmentedControlFrame: "control frame must not be fragmented"
        case .controlFrameTooLong: "control frame longer than 125 bytes"
        case .unmaskedFrame: "frame must be masked"
        case .maskedFrame: "frame must not be masked"
        case .nonMinimalLength: "payload length not in its shortest form"
        case .lengthOutOfRange: "payload length above 2^63 - 1"
        case .messageTooBig: "message too big"
        case .continuationWithoutStart: "continuation without a message"
        case .messageInterrupted: "new message inside a fragmented message"
        case .tooManyFragments: "too many fragments"
        case .frameAfterClose: "frame after close"
        case .invalidUTF8: "invalid UTF-8"
        case .invalidDeflate: "invalid compressed data"
        case .closePayloadTooShort: "close payload of one byte"
        case .invalidCloseCode: "invalid close code"
        }
    }
}
