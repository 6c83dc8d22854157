/// Builds a polling payload.
///
/// Source: Engine.IO protocol v4, "HTTP long-polling / Payload encoding"; v3, "Payload".
public struct PayloadEncoder: Sendable {
    /// The payload so far.
    public private(set) var bytes: [UInt8] = []
    /// How the payload tells its packets apart.
    public let form: PayloadForm

    /// - Parameters:
    ///   - form: how the payload tells its packets apart.
    ///   - capacity: how many bytes to reserve.
    public init(form: PayloadForm = .v4, reserving capacity: Int = 0) {
        self.form = form
        bytes.reserveCapacity(capacity)
    }

    /// Appends a text packet that already carries its type digit.
    public mutating func append(text packet: [UInt8]) {
        switch form {
        case .v4: separate()
        case .v3Text: appendLength(Self.codeUnits(packet), zero: 0x30, end: 0x3A)
        case .v3Binary:
            bytes.append(0)
            appendLength(packet.count, zero: 0, end: 0xFF)
        }
        bytes.append(contentsOf: packet)
    }

    /// Appends a packet without data, such as noop or close.
    public mutating func append(_ type: EnginePacketType) {
        append(text: [type.digit])
    }

    /// Appends a binary message.
    public mutating func append(binary message: [UInt8]) {
        switch form {
        case .v4:
            separate()
            bytes.append(EnginePacketType.base64Mark)
            Base64.encode(message, to: &bytes)
        case .v3Text:
            appendLength((message.count + 2) / 3 * 4 + 2, zero: 0x30, end: 0x3A)
            bytes.append(EnginePacketType.base64Mark)
            bytes.append(EnginePacketType.message.digit)
            Base64.encode(message, to: &bytes)
        case .v3Binary:
            bytes.append(1)
            appendLength(message.count + 1, zero: 0, end: 0xFF)
            bytes.append(EnginePacketType.message.rawValue)
            bytes.append(contentsOf: message)
        }
    }

    private mutating func separate() {
        if !bytes.isEmpty { bytes.append(PayloadDecoder.separator) }
    }

    private mutating func appendLength(_ length: Int, zero: UInt8, end: UInt8) {
        let start = bytes.count
        var rest = length
        repeat {
            bytes.append(zero + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
        bytes.append(end)
    }

    /// What JavaScript calls the length of a text: two for each character outside the basic plane.
    private static func codeUnits(_ text: [UInt8]) -> Int {
        text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
    }
}
