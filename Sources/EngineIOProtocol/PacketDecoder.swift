/// Decodes single Engine.IO packets as they come out of a WebSocket message or a polling payload.
///
/// A binary WebSocket message of v4 needs no decoding: it is a message packet as it is.
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

    /// The packet in a part of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: the message that holds the packet.
    ///   - packet: where in it the packet is.
    ///   - isBinary: whether a v3 peer sent it as binary data, its type a byte of the value 0 to 6.
    ///   - version: v3 packets carry a type after the `b` of base64, v4 packets none.
    /// - Throws: ``EngineViolation/emptyPacket`` or ``EngineViolation/unknownPacketType``.
    public static func decode(
        _ bytes: Span<UInt8>, at packet: Range<Int>, isBinary: Bool, version: ProtocolVersion
    ) throws(EngineViolation) -> EnginePacket {
        guard !packet.isEmpty, packet.lowerBound >= 0, packet.upperBound <= bytes.count else {
            throw .emptyPacket
        }
        let first = bytes[packet.lowerBound]
        let data = packet.dropFirst()
        if isBinary {
            guard let type = EnginePacketType(rawValue: first) else { throw .unknownPacketType }
            return type == .message ? .binary(data) : .text(type, data)
        }
        guard first == EnginePacketType.base64Mark else {
            guard let type = EnginePacketType(digit: first) else { throw .unknownPacketType }
            return .text(type, data)
        }
        guard version == .v3 else { return .base64(data) }
        guard !data.isEmpty, let type = EnginePacketType(digit: bytes[data.lowerBound]) else {
            throw .unknownPacketType
        }
        return type == .message ? .base64(data.dropFirst()) : .text(type, data.dropFirst())
    }

    /// Whether the data of a ping or pong packet is the word `probe`, which asks for an upgrade.
    public static func isProbe(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 6 else { return false }
        return bytes[1] == 0x70 && bytes[2] == 0x72 && bytes[3] == 0x6F && bytes[4] == 0x62
            && bytes[5] == 0x65
    }
}
