/// One Engine.IO message of a ``PacketParser``.
public enum ParserMessage: Sendable, Equatable {
    /// A text message, without the engine's `4`.
    case text([UInt8])
    /// A binary message.
    case binary([UInt8])
}
