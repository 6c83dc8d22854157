internal import SocketIOProtocol

/// A message of the MessagePack parser, and a standard packet for it: what was read can be written, and is read as the
/// same again.
enum FuzzMessagePack {
    private static let limits = ParserLimits(maxJSONDepth: 32)

    static func test(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let bytes = Array(input.dropFirst())
        if choice & 1 == 0 {
            guard let packet = try? MessagePackParser().decode(bytes.span, isBinary: true, limits: limits)
            else {
                return
            }
            check(packet)
        } else {
            // Attachments after the text, one a line.
            let parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
            let packet = StandardPacket(text: parts[0], attachments: Array(parts.dropFirst().prefix(10)))
            guard let view = try? PacketDecoder(limits: limits).decode(packet.text.span),
                view.attachmentCount == packet.attachments.count
            else {
                _ = try? MessagePackParser().encode(packet)
                return
            }
            check(packet)
        }
    }

    /// Written and read, a packet is the one that is written and read again.
    private static func check(_ packet: StandardPacket) {
        guard let once = recoded(packet) else { return }
        precondition(recoded(once) == once, "a packet changes each time it is written")
    }

    private static func recoded(_ packet: StandardPacket) -> StandardPacket? {
        guard let messages = try? MessagePackParser().encode(packet),
            case .binary(let bytes)? = messages.first
        else { return nil }
        precondition(messages.count == 1, "a packet is one message")
        return try? MessagePackParser().decode(bytes.span, isBinary: true, limits: limits)
    }
}
