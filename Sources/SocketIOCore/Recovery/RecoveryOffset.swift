/// Where in a namespace's log a packet stands, as clients see it: the last argument of each recoverable packet.
///
/// The text is opaque to clients. It has a fixed length of 13 characters of `0-9 A-Z a-z - _`: five that name
/// the log, drawn by chance for each, and eight for the position. An offset of another namespace, of a
/// process that is gone or of another kind of server is thereby known to be foreign.
public struct RecoveryOffset: Hashable, Sendable {
    /// The characters of an offset, in the order of their values.
    private static let alphabet = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_".utf8)
    private static let tagLength = 5
    private static let positionLength = 8
    /// How many bytes an offset has on the wire, without quotes.
    public static let length = tagLength + positionLength
    /// The highest position that the text can hold; no namespace sends that many packets.
    public static let lastPosition: UInt64 = 1 << 48 - 1

    /// Which log the position is in; 30 bits.
    public let tag: UInt32
    /// The number of the packet, counted from 1.
    public let position: UInt64

    /// The offset of a position in the log of this tag. Bits that the text cannot hold are dropped.
    public init(tag: UInt32, position: UInt64) {
        self.tag = tag & 0x3FFF_FFFF
        self.position = position & Self.lastPosition
    }

    /// Reads what a client sent; nil when no log writes such an offset.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard bytes.count == Self.length else { return nil }
        var value: UInt64 = 0
        var tag: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            guard let digit = Self.digit(byte) else { return nil }
            if index < Self.tagLength { tag = tag << 6 | digit } else { value = value << 6 | digit }
        }
        self.init(tag: UInt32(truncatingIfNeeded: tag), position: value)
    }

    /// The text, as bytes.
    public var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(Self.length)
        Self.append(UInt64(tag), digits: Self.tagLength, to: &output)
        Self.append(position, digits: Self.positionLength, to: &output)
        return output
    }

    private static func append(_ value: UInt64, digits: Int, to output: inout [UInt8]) {
        for place in stride(from: (digits - 1) * 6, through: 0, by: -6) {
            output.append(alphabet[Int(truncatingIfNeeded: value >> UInt64(place) & 63)])
        }
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte) - 0x30
        case 0x41...0x5A: UInt64(byte) - 0x41 + 10
        case 0x61...0x7A: UInt64(byte) - 0x61 + 36
        case 0x2D: 62
        case 0x5F: 63
        default: nil
        }
    }
}

extension RecoveryOffset: CustomStringConvertible {
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
