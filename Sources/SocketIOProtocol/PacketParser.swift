/// How packets are written on the wire, for a server and all its clients (the reference's `parser` option).
///
/// A parser translates between the messages of its format and the standard packets, protocol revision 5 with
/// JSON payloads. All rules for packets, names and arguments are checked on the standard packet, whatever the
/// format: a parser has to refuse only what is no message of its own.
///
/// The standard format itself needs no parser, and pays for none.
public protocol PacketParser: Sendable {
    /// The standard packet that a message of the peer stands for.
    ///
    /// - Parameters:
    ///   - message: The bytes of one Engine.IO message, without a type digit.
    ///   - isBinary: Whether the message came as a binary one.
    ///   - limits: What the peer may ask for; whatever the message makes the parser keep must be bounded.
    /// - Throws: What closes the connection.
    func decode(
        _ message: Span<UInt8>, isBinary: Bool, limits: ParserLimits
    ) throws(SocketIOViolation) -> StandardPacket

    /// The messages that stand for a standard packet, in order. Called once for a broadcast.
    ///
    /// - Throws: What the format cannot say; the packet is logged and not sent.
    func encode(_ packet: StandardPacket) throws(SocketIOViolation) -> [ParserMessage]
}
