/// The packets of `socket.io-msgpack-parser`: one binary message each, a MessagePack map of `type`, `data`,
/// `nsp` and `id`. Binary arguments stand in it as they are, so that types 5 and 6 do not occur.
///
/// Values become JSON at once instead of being decoded from MessagePack later: one decoder, one set of bounds
/// and one form for adapters and recovery serve both formats. What JSON has no word for reads as JavaScript
/// writes it in JSON: a Date is its ISO text, NaN is null, `undefined` is null in an array and absent in an
/// object. Binary values become attachments, so `ParserLimits.maxAttachments` bounds them.
public struct MessagePackParser: PacketParser {
    /// The parser.
    public init() {}

    /// Decodes one message.
    ///
    /// - Throws: `.malformedMessagePack`, or the bound that the message exceeds.
    public func decode(
        _ message: Span<UInt8>, isBinary: Bool, limits: ParserLimits
    ) throws(SocketIOViolation) -> StandardPacket {
        guard isBinary else { throw .malformedMessagePack }
        var reader = MessagePackReader()
        guard case .map(let count) = try reader.next(in: message) else { throw .malformedMessagePack }
        var type: Int64?
        var namespace = "/"
        var id: UInt64?
        var data = MessagePackToJSON(limits: limits)
        for _ in 0..<count {
            guard case .string(let key) = try reader.next(in: message) else { throw .malformedMessagePack }
            switch MessagePackReader.text(key, in: message) {
            case "type":
                guard case .integer(let value) = try reader.next(in: message) else {
                    throw .unknownPacketType
                }
                type = value
            case "nsp":
                guard case .string(let name) = try reader.next(in: message) else {
                    throw .malformedMessagePack
                }
                guard name.count <= limits.maxNamespaceLength else { throw .namespaceTooLong }
                namespace = MessagePackReader.text(name, in: message)
            case "id":
                id = try Self.ackID(try reader.next(in: message))
            case "data":
                try data.read(message, &reader)
            default:
                try reader.skip(in: message)
            }
        }
        guard reader.index == message.count else { throw .trailingBytes }
        guard namespace.utf8.first == UInt8(ascii: "/"), !namespace.utf8.contains(UInt8(ascii: ",")) else {
            throw .malformedMessagePack
        }
        return try Self.packet(type: type, namespace: namespace, id: id, data: data)
    }

    private static func ackID(_ value: MessagePackValue) throws(SocketIOViolation) -> UInt64? {
        switch value {
        case .nil, .undefined: return nil
        case .integer(let value):
            guard let id = UInt64(exactly: value), id <= ParserLimits.largestAckID else {
                throw .ackIDTooLarge
            }
            return id
        case .unsigned: throw .ackIDTooLarge
        default: throw .malformedMessagePack
        }
    }

    private static func packet(
        type: Int64?, namespace: String, id: UInt64?, data: MessagePackToJSON
    ) throws(SocketIOViolation) -> StandardPacket {
        guard let type, let digit = UInt8(exactly: type), let plain = SocketPacketType(rawValue: digit),
            !plain.announcesAttachments
        else { throw .unknownPacketType }
        let standard: SocketPacketType
        switch plain {
        case .event: standard = data.attachments.isEmpty ? .event : .binaryEvent
        case .ack: standard = data.attachments.isEmpty ? .ack : .binaryAck
        default:
            // The credentials of a CONNECT have no attachments in the standard format.
            guard data.attachments.isEmpty else { throw .wrongPayloadKind }
            standard = plain
        }
        var text: [UInt8] = []
        text.reserveCapacity(data.json.count + namespace.utf8.count + 24)
        PacketEncoder.header(
            type: standard, attachmentCount: data.attachments.count, namespace: namespace, ackID: id,
            engineType: false, to: &text)
        if !data.isAbsent { text.append(contentsOf: data.json) }
        return StandardPacket(text: text, attachments: data.attachments)
    }

    /// Encodes one packet.
    public func encode(_ packet: StandardPacket) throws(SocketIOViolation) -> [ParserMessage] {
        let bytes = packet.text.span
        let limits = ParserLimits(
            maxAttachments: ParserLimits.mostAttachments, maxNamespaceLength: Int.max)
        let header = try PacketHeader(bytes, limits: limits)
        let namespace = header.namespace.map { String(decoding: packet.text[$0], as: UTF8.self) } ?? "/"
        let hasData = header.end < bytes.count
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + packet.attachments.reduce(32) { $0 + $1.count })
        MessagePackWriter.map(2 + (hasData ? 1 : 0) + (header.ackID == nil ? 0 : 1), to: &output)
        MessagePackWriter.string("type".utf8, to: &output)
        MessagePackWriter.unsigned(UInt64(header.type.withoutAttachments.rawValue), to: &output)
        if hasData {
            MessagePackWriter.string("data".utf8, to: &output)
            try JSONToMessagePack.append(
                bytes.extracting(header.end..<bytes.count), attachments: packet.attachments, to: &output)
        }
        if let id = header.ackID {
            MessagePackWriter.string("id".utf8, to: &output)
            MessagePackWriter.unsigned(id, to: &output)
        }
        MessagePackWriter.string("nsp".utf8, to: &output)
        MessagePackWriter.string(namespace.utf8, to: &output)
        return [.binary(output)]
    }
}

extension SocketPacketType {
    /// The type with the same meaning in a format that has attachments in its payload.
    var withoutAttachments: SocketPacketType {
        switch self {
        case .binaryEvent: .event
        case .binaryAck: .ack
        case .connect, .disconnect, .event, .ack, .connectError: self
        }
    }
}
