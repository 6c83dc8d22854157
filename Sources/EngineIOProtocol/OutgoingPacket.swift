/// A packet on its way out: encoded once, shared by every outbox that holds it.
public enum OutgoingPacket: Sendable, Equatable {
    /// A text packet, its type digit included.
    case text([UInt8])
    /// A binary message, without any type byte.
    case binary([UInt8])

    /// The bytes that the packet occupies in an outbox.
    @inlinable
    public var byteCount: Int {
        switch self {
        case .text(let bytes), .binary(let bytes): bytes.count
        }
    }

    /// Whether it is a binary message.
    @inlinable
    public var isBinary: Bool {
        switch self {
        case .text: false
        case .binary: true
        }
    }

    /// The ping of a v4 server.
    public static let ping = OutgoingPacket.text([EnginePacketType.ping.digit])
    /// The answer of a server to a v3 client's ping.
    public static let pong = OutgoingPacket.text([EnginePacketType.pong.digit])
    /// The answer to a probe.
    public static let probeAnswer = OutgoingPacket.text(Array("3probe".utf8))
}
