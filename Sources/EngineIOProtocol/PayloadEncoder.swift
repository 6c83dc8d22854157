/// Builds a v4 polling payload: packets joined by 0x1E, binary messages as `b` and base64.
///
/// Source: Engine.IO protocol v4, "HTTP long-polling / Payload encoding".
public struct PayloadEncoder: Sendable {
    /// The payload so far.
    public private(set) var bytes: [UInt8] = []

    /// - Parameter capacity: how many bytes to reserve.
    public init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Appends a text packet that already carries its type digit.
    public mutating func append(text packet: [UInt8]) {
        separate()
        bytes.append(contentsOf: packet)
    }

    /// Appends a packet without data, such as noop or close.
    public mutating func append(_ type: EnginePacketType) {
        separate()
        bytes.append(type.digit)
    }

    /// Appends a binary message.
    public mutating func append(binary message: [UInt8]) {
        separate()
        bytes.append(0x62)
        Base64.encode(message, to: &bytes)
    }

    private mutating func separate() {
        if !bytes.isEmpty { bytes.append(PayloadDecoder.separator) }
    }
}
