/// Walks over the packets of a v4 polling payload without copying them.
///
/// Packets are joined by the byte 0x1E; a record that starts with `b` is a binary message in base64.
/// Source: Engine.IO protocol v4, "HTTP long-polling / Payload encoding".
///
/// Departure from the reference: the number of packets in one payload is bounded.
public struct PayloadDecoder: Sendable {
    /// One record of a payload, as a range of the payload's bytes.
    public enum Record: Equatable, Sendable {
        /// A text packet: its type and the range of its data.
        case text(EnginePacketType, Range<Int>)
        /// A binary message: the range of its base64 text.
        case base64(Range<Int>)
    }

    /// Separates two packets in a payload.
    public static let separator: UInt8 = 0x1E

    @usableFromInline let maxPackets: Int
    @usableFromInline var position = 0
    @usableFromInline var count = 0
    @usableFromInline var ended = false

    /// - Parameter maxPackets: how many packets one payload may hold.
    public init(maxPackets: Int) {
        self.maxPackets = maxPackets
    }

    /// The next record, or nil after the last one.
    ///
    /// - Throws: ``EngineViolation`` for an empty payload or record, an unknown type, too many packets.
    public mutating func next(in bytes: Span<UInt8>) throws(EngineViolation) -> Record? {
        guard !ended else { return nil }
        guard count < maxPackets else { throw .tooManyPackets }
        count += 1
        let start = position
        var end = start
        while end < bytes.count, bytes[end] != Self.separator { end += 1 }
        if end == bytes.count {
            ended = true
        } else {
            position = end + 1
        }
        guard start < end else { throw .emptyPacket }
        if bytes[start] == 0x62 {
            return .base64(start + 1..<end)
        }
        guard let type = EnginePacketType(digit: bytes[start]) else { throw .unknownPacketType }
        return .text(type, start + 1..<end)
    }
}
