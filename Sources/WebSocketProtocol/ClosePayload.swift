/// What a close frame carries (RFC 6455 section 5.5.1): nothing, or a code and perhaps a reason.
public struct ClosePayload: Equatable, Sendable {
    /// The longest reason in UTF-8 bytes: a control frame's 125 less the two of the code.
    public static let maxReasonLength = 123

    /// The code, nil if the frame is empty.
    public let code: CloseCode?
    /// The reason, empty if there is none; at most ``maxReasonLength`` UTF-8 bytes.
    public let reason: String

    /// A payload to send. A reason of more than 123 UTF-8 bytes is cut after the last character that fits
    /// whole; without a code there is no reason.
    public init(code: CloseCode?, reason: String = "") {
        self.code = code
        self.reason = code == nil ? "" : Self.truncated(reason)
    }

    /// Reads a close frame's unmasked payload.
    ///
    /// - Throws: ``WebSocketViolation/closePayloadTooShort`` for a single byte,
    ///   ``WebSocketViolation/controlFrameTooLong`` for more than 125,
    ///   ``WebSocketViolation/invalidCloseCode``, ``WebSocketViolation/invalidUTF8``.
    public static func parse(_ bytes: Span<UInt8>) throws(WebSocketViolation) -> ClosePayload {
        guard bytes.count > 0 else { return ClosePayload(code: nil) }
        guard bytes.count > 1 else { throw .closePayloadTooShort }
        guard bytes.count <= 2 + Self.maxReasonLength else { throw .controlFrameTooLong }
        let code = CloseCode(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
        guard code.mayAppearOnTheWire else { throw .invalidCloseCode }
        let reason = bytes.extracting(droppingFirst: 2)
        guard UTF8Validator.isValid(reason) else { throw .invalidUTF8 }
        return ClosePayload(
            code: code, reason: reason.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
    }

    /// The payload's bytes, at most 125. A code that must not appear on the wire, such as 1005, gives an
    /// empty payload: that is how "no status" is said.
    public func encode() -> [UInt8] {
        guard let code, code.mayAppearOnTheWire else { return [] }
        return [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xff)] + Array(self.reason.utf8)
    }

    private static func truncated(_ reason: String) -> String {
        var length = 0
        let fitting = reason.unicodeScalars.prefix { scalar in
            length += UTF8.width(scalar)
            return length <= Self.maxReasonLength
        }
        return String(Substring(fitting))
    }
}
