/// Decodes single Engine.IO packets as they come out of a WebSocket text message.
///
/// A binary WebSocket message needs no decoding: in v4 it is a message packet as it is.
public enum PacketDecoder {
    /// The type of a text packet; its data are the bytes after the first.
    ///
    /// - Throws: ``EngineViolation/emptyPacket`` or ``EngineViolation/unknownPacketType``.
    @inlinable
    public static func type(ofText bytes: Span<UInt8>) throws(EngineViolation) -> EnginePacketType {
        guard !bytes.isEmpty else { throw .emptyPacket }
        guard let type = EnginePacketType(digit: bytes[0]) else { throw .unknownPacketType }
        return type
    }

    /// Whether the data of a ping or pong packet is the word `probe`, which asks for an upgrade.
    public static func isProbe(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 6 else { return false }
        return bytes[1] == 0x70 && bytes[2] == 0x72 && bytes[3] == 0x6F && bytes[4] == 0x62
            && bytes[5] == 0x65
    }
}
