/// Reads frame headers (RFC 6455 section 5.2) and refuses a frame at the first byte that condemns it.
///
/// It owns no bytes: the caller keeps the buffer, asks again with more bytes when the answer is nil, and
/// finds the payload at `headerLength ..< headerLength + payloadLength`. The verdict never depends on how the
/// bytes were cut: a prefix gives nil or the verdict of the whole. An oversized length is refused here,
/// before a byte of its payload is buffered.
@frozen
public struct FrameDecoder: Sendable {
    @usableFromInline let peerMasks: Bool
    @usableFromInline let maxPayload: UInt64
    @usableFromInline let allowedRSV: UInt8

    /// - Parameters:
    ///   - role: who we are; a server demands masked frames, a client refuses them.
    ///   - maxPayload: the largest payload of one text, binary or continuation frame, in bytes. Control
    ///     frames have the limit of their own, 125.
    ///   - allowedRSV: the RSV bits that a negotiated extension uses, as in ``FrameHeader/rsv``. They are
    ///     allowed on the first frame of a message only (RFC 7692 section 6.1), never on control frames.
    public init(role: Role, maxPayload: Int, allowedRSV: UInt8 = 0) {
        self.peerMasks = role == .server
        // 14 bytes of header and the payload must fit an Int together.
        self.maxPayload = UInt64(min(max(maxPayload, 0), Int.max - 14))
        self.allowedRSV = allowedRSV
    }

    /// The header at the start of `bytes`.
    ///
    /// - Parameter bytes: what has arrived from the frame's first byte on; more than the header does no harm.
    /// - Returns: the header, or nil if more bytes are needed.
    /// - Throws: the rule that the header breaks.
    @inlinable
    public func decodeHeader(_ bytes: Span<UInt8>) throws(WebSocketViolation) -> FrameHeader? {
        guard bytes.count > 0 else { return nil }
        let opcode = try self.opcode(ofFirst: bytes[0])
        guard bytes.count > 1 else { return nil }
        let shortLength = try self.shortLength(ofSecond: bytes[1], opcode: opcode)

        var length = UInt64(shortLength)
        var headerLength = 2
        if shortLength > 125 {
            let width = shortLength == 126 ? 2 : 8
            guard let extended = try self.extendedLength(bytes, width: width) else { return nil }
            length = extended
            headerLength = 2 &+ width
        }

        var maskingKey: UInt32?
        if self.peerMasks {
            guard bytes.count >= headerLength &+ 4 else { return nil }
            maskingKey =
                UInt32(bytes[headerLength]) | UInt32(bytes[headerLength &+ 1]) << 8
                | UInt32(bytes[headerLength &+ 2]) << 16 | UInt32(bytes[headerLength &+ 3]) << 24
            headerLength &+= 4
        }
        return FrameHeader(
            fin: bytes[0] & 0x80 != 0, rsv: bytes[0] >> 4 & 0b111, opcode: opcode, maskingKey: maskingKey,
            payloadLength: Int(truncatingIfNeeded: length), headerLength: headerLength)
    }

    /// The payload length that a frame's header tells, as far as its bytes are there, for a message about a frame
    /// that was refused; nothing must be allocated by it.
    ///
    /// - Parameter bytes: the frame from its first byte on; of a length that is cut the missing bytes count as 0.
    /// - Returns: nil when the length is missing, or larger than an `Int`.
    public static func announcedLength(_ bytes: Span<UInt8>) -> Int? {
        guard bytes.count > 1 else { return nil }
        let short = bytes[1] & 0x7f
        guard short > 125 else { return Int(short) }
        let width = short == 126 ? 2 : 8
        var length: UInt64 = 0
        for index in 2..<(2 &+ width) {
            length = length << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0)
        }
        return Int(exactly: length)
    }

    /// FIN, RSV and opcode.
    @inlinable
    func opcode(ofFirst byte: UInt8) throws(WebSocketViolation) -> Opcode {
        guard let opcode = Opcode(rawValue: byte & 0x0f) else { throw .reservedOpcode }
        let startsMessage = opcode == .text || opcode == .binary
        let allowed = startsMessage ? self.allowedRSV : 0
        guard byte >> 4 & 0b111 & ~allowed == 0 else { throw .reservedBits }
        guard byte & 0x80 != 0 || !opcode.isControl else { throw .fragmentedControlFrame }
        return opcode
    }

    /// MASK and the 7-bit length; 126 and 127 announce a longer one.
    @inlinable
    func shortLength(ofSecond byte: UInt8, opcode: Opcode) throws(WebSocketViolation) -> UInt8 {
        let isMasked = byte & 0x80 != 0
        guard isMasked == self.peerMasks else { throw isMasked ? .maskedFrame : .unmaskedFrame }
        let length = byte & 0x7f
        if opcode.isControl {
            guard length <= 125 else { throw .controlFrameTooLong }
        } else if length <= 125 {
            guard UInt64(length) <= self.maxPayload else { throw .messageTooBig }
        }
        return length
    }

    /// The 2 or 8 bytes of an extended length, judged by what the bytes so far leave possible.
    @inlinable
    func extendedLength(_ bytes: Span<UInt8>, width: Int) throws(WebSocketViolation) -> UInt64? {
        let available = min(bytes.count &- 2, width)
        var read: UInt64 = 0
        for index in 0..<available {
            read = read << 8 | UInt64(bytes[2 &+ index])
        }
        let missingBits = 8 &* (width &- available)
        let least = read << missingBits
        let most = least | ((1 << missingBits) &- 1)
        // Tested before any conversion to Int: a length with the top bit set has trapped other servers.
        guard least >> 63 == 0 else { throw .lengthOutOfRange }
        guard most > (width == 2 ? 125 : 0xffff) else { throw .nonMinimalLength }
        guard least <= self.maxPayload else { throw .messageTooBig }
        return available == width ? read : nil
    }
}
