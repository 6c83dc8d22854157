/// Walks over the packets of a polling payload without copying them.
///
/// Source: Engine.IO protocol v4, "HTTP long-polling / Payload encoding"; v3, "Payload".
///
/// Departures from the reference: the number of packets in one payload is bounded, and a v3 length is at most
/// ``maxLengthDigits`` digits and nothing else (the reference converts with `Number()` and so takes `1e3`).
public struct PayloadDecoder: Sendable {
    /// Separates two packets in a v4 payload.
    public static let separator: UInt8 = 0x1E
    /// How many digits a v3 length may have; the reference takes 310.
    public static let maxLengthDigits = 10

    private let form: PayloadForm
    private let maxPackets: Int
    private var count = 0
    private var ended = false
    var position = 0

    /// - Parameters:
    ///   - form: how the payload tells its packets apart.
    ///   - maxPackets: how many packets one payload may hold.
    public init(form: PayloadForm = .v4, maxPackets: Int) {
        self.form = form
        self.maxPackets = maxPackets
    }

    /// The next packet, or nil after the last one.
    ///
    /// - Throws: ``EngineViolation`` for an empty payload, a malformed record, an unknown type, too many packets.
    public mutating func next(in bytes: Span<UInt8>) throws(EngineViolation) -> EnginePacket? {
        guard !bytes.isEmpty else { throw .emptyPacket }
        while !ended {
            guard count < maxPackets else { throw .tooManyPackets }
            count += 1
            let packet: Range<Int>
            var isBinary = false
            switch form {
            case .v4: packet = takeSeparated(bytes)
            case .v3Text: packet = try takeCounted(bytes)
            case .v3Binary: (packet, isBinary) = try takeTagged(bytes)
            }
            ended = ended || (form != .v4 && position == bytes.count)
            guard !packet.isEmpty else {
                // `0:` is how the reference writes a v3 payload without packets.
                guard form != .v4 else { throw .emptyPacket }
                continue
            }
            return try PacketDecoder.decode(
                bytes, at: packet, isBinary: isBinary, version: form == .v4 ? .v4 : .v3)
        }
        return nil
    }

    /// The bytes up to the next separator.
    private mutating func takeSeparated(_ bytes: Span<UInt8>) -> Range<Int> {
        let start = position
        var end = start
        while end < bytes.count, bytes[end] != Self.separator { end += 1 }
        if end == bytes.count {
            ended = true
        } else {
            position = end + 1
        }
        return start..<end
    }
}
