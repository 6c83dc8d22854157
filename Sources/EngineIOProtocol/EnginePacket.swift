/// A packet that arrived, as ranges of the bytes that it arrived in.
public enum EnginePacket: Equatable, Sendable {
    /// A packet whose data are text; also a binary packet that is no message, whose data mean nothing.
    case text(EnginePacketType, Range<Int>)
    /// A binary message: the range of its base64 text.
    case base64(Range<Int>)
    /// A binary message: the range of its bytes.
    case binary(Range<Int>)
}
