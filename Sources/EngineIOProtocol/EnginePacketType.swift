/// The seven packet types of Engine.IO, by their number on the wire.
///
/// Source: Engine.IO protocol v4, "Packet encoding".
public enum EnginePacketType: UInt8, Sendable, Equatable, CaseIterable {
    /// Sent by the server when a session opens; carries the handshake JSON.
    case open = 0
    /// Asks for the session to be closed.
    case close = 1
    /// Heartbeat question. In v4 only the server asks.
    case ping = 2
    /// Heartbeat answer. In v4 only the client answers.
    case pong = 3
    /// A message of the layer above.
    case message = 4
    /// Completes an upgrade: the client moves to the new transport.
    case upgrade = 5
    /// Means nothing; releases a held poll during an upgrade.
    case noop = 6

    /// Stands before a packet whose binary data are base64 text: `b`.
    public static var base64Mark: UInt8 { 0x62 }

    /// The ASCII digit that stands for this type.
    @inlinable
    public var digit: UInt8 { rawValue &+ 0x30 }

    /// The type that an ASCII digit stands for, or nil.
    @inlinable
    public init?(digit: UInt8) {
        guard digit >= 0x30 else { return nil }
        self.init(rawValue: digit &- 0x30)
    }
}
