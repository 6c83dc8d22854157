import SocketIO
internal import SocketIOProtocol

/// Another form of packets on the wire: MessagePack, or one of your own.
///
///     swift run --package-path Examples parsers            # MessagePack: io(url, { parser: require("socket.io-msgpack-parser") })
///     swift run --package-path Examples parsers reversed   # the parser below; its client needs the same
@main
struct Parsers {
    static let echo = Event<JSONValue>("echo")

    static func main() async throws {
        var configuration = Configuration()
        let isReversed = CommandLine.arguments.contains("reversed")
        configuration.packetParser = isReversed ? Reversed() as any PacketParser : MessagePackParser()
        let io = SocketIO(configuration)
        io.namespace().on(echo) { socket, value in socket.emit(echo, value) }
        try await io.serve(port: 3000)
    }
}

/// Standard packets, their bytes backwards, without attachments. A parser translates messages to standard packets and
/// back; whether a packet is allowed is judged afterwards, whatever the parser.
struct Reversed: PacketParser {
    func decode(
        _ message: Span<UInt8>, isBinary: Bool, limits: ParserLimits
    ) throws(SocketIOViolation) -> StandardPacket {
        guard isBinary else { throw .unknownPacketType }
        return StandardPacket(text: message.indices.reversed().map { message[$0] })
    }

    func encode(_ packet: StandardPacket) throws(SocketIOViolation) -> [ParserMessage] {
        // What the format cannot say is logged and not sent.
        guard packet.attachments.isEmpty else { throw .tooManyAttachments }
        return [.binary(packet.text.reversed())]
    }
}
