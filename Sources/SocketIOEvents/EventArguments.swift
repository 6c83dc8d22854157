internal import FoundationEssentials
public import NIOCore
internal import SocketIOProtocol

/// The arguments of an event or an ack as they came: slices of the packet, decoded when somebody asks.
public struct EventArguments: Sendable {
    private let packet: ByteBuffer
    private let range: Range<Int>
    private let attachments: [ByteBuffer]
    /// How they are decoded; nil is the default.
    private let coding: JSONCoding?
    /// How many arguments there are.
    public let count: Int

    /// The arguments in `range` of a decoded packet.
    package init(
        packet: ByteBuffer, range: Range<Int>, count: Int, attachments: [ByteBuffer],
        coding: JSONCoding? = nil
    ) {
        self.packet = packet
        self.range = range
        self.count = count
        self.attachments = attachments
        self.coding = coding
    }

    /// Arguments that were encoded elsewhere, to be decoded.
    ///
    /// - Parameters:
    ///   - encoded: the arguments as JSON, with their attachments.
    ///   - coding: How; nil is the default.
    public init(_ encoded: EncodedArguments, coding: JSONCoding? = nil) {
        let packet = ByteBuffer(bytes: encoded.json)
        let span = packet.readableBytesUInt8Span
        var elements = JSONElements(0..<encoded.json.count)
        var count = 0
        while elements.next(in: span) != nil { count += 1 }
        self.init(
            packet: packet, range: 0..<encoded.json.count, count: count,
            attachments: encoded.attachments.map { ByteBuffer(bytes: $0) }, coding: coding)
    }

    /// The arguments as they came, to be sent on without decoding them.
    public var encoded: EncodedArguments {
        EncodedArguments(
            json: bytes(range), attachments: attachments.map { Array($0.readableBytesView) })
    }

    /// The arguments without the first `number`, as they came: to be passed on when the first are for the server.
    ///
    /// Attachments stay as they are; ones that nothing points at any more are dropped by the receiver.
    public func dropFirst(_ number: Int = 1) -> EventArguments {
        guard number > 0, number < count else {
            return number <= 0
                ? self : EventArguments(packet: packet, range: 0..<0, count: 0, attachments: [])
        }
        var elements = JSONElements(range)
        var start = range.upperBound
        for _ in 0...number { start = elements.next(in: packet.readableBytesUInt8Span)?.lowerBound ?? start }
        return EventArguments(
            packet: packet, range: start..<range.upperBound, count: count - number,
            attachments: attachments, coding: coding)
    }

    /// The first argument as it came, if it is a JSON object.
    package var firstObject: [UInt8]? {
        var elements = JSONElements(range)
        let span = packet.readableBytesUInt8Span
        guard let first = elements.next(in: span), !first.isEmpty, span[first.lowerBound] == 0x7B else {
            return nil
        }
        return bytes(first)
    }

    /// The last argument when it is a string: where a recoverable session's offset stands.
    package var lastText: String? {
        guard count > 0 else { return nil }
        var elements = JSONElements(range)
        var last: Range<Int>?
        while let element = elements.next(in: packet.readableBytesUInt8Span) { last = element }
        return last.flatMap { JSONText.unescape(packet.readableBytesUInt8Span, token: $0) }
    }

    /// The binary attachments of the packet, in order.
    public var binary: [ByteBuffer] { attachments }

    private func bytes(_ range: Range<Int>) -> [UInt8] {
        packet.getBytes(at: packet.readerIndex + range.lowerBound, length: range.count) ?? []
    }

    /// Decodes the arguments from the first on. Missing ones decode as nil where that is possible.
    ///
    /// - Throws: `DecodingError` when an argument is missing or of another type.
    public func decode<each Value: Decodable>(_ type: repeat (each Value).Type) throws -> (repeat each Value)
    {
        var reader = ArgumentReader(arguments: self)
        return (repeat try reader.next((each Value).self))
    }

    /// Walks over the arguments in order.
    private struct ArgumentReader {
        let arguments: EventArguments
        var elements: JSONElements

        init(arguments: EventArguments) {
            self.arguments = arguments
            elements = JSONElements(arguments.range)
        }

        mutating func next<Value: Decodable>(_ type: Value.Type) throws -> Value {
            let packet = arguments.packet
            let span = packet.readableBytesUInt8Span
            let range = elements.next(in: span)
            if type == String.self, let range, span[range.lowerBound] == 0x22,
                let text = JSONText.unescape(span, token: range) as? Value
            {
                return text
            }
            let decoder = JSONDecoder()
            arguments.coding?.configureDecoder(decoder)
            if !arguments.attachments.isEmpty, let key = AttachmentSource.key {
                decoder.userInfo[key] = AttachmentSource(
                    arguments.attachments.map { Array($0.readableBytesView) })
            }
            // An argument that is not there reads as null: nil for an optional, an error for the rest.
            let json = range.map { arguments.bytes($0) } ?? Array("null".utf8)
            return try decoder.decode(type, from: Data(json))
        }
    }
}
