/// Decodes Socket.IO packets of protocol revision 5 with JSON payloads.
///
/// The grammar is `<type>[<attachments>-][<namespace>,][<ack id>][<JSON>]`; the bytes are an Engine.IO
/// message without its leading `4`. One pass over the bytes finds every part and every broken rule,
/// attachments' placeholders included; nothing is copied but the event's name.
///
/// Stricter than the reference, which no real client notices: whitespace before the JSON is refused (the
/// reference reads it as the ack id 0), so are an ACK without an id, an ack id on CONNECT, DISCONNECT or
/// CONNECT_ERROR, and event names that are no integers though numbers.
public struct PacketDecoder: Sendable {
    /// What a packet may ask for.
    public let limits: ParserLimits

    /// Creates a decoder, which keeps nothing between packets.
    public init(limits: ParserLimits = .init()) {
        self.limits = limits
    }

    /// Decodes the packet in `bytes`.
    ///
    /// - Throws: The first rule that the packet breaks, out of those for headers, payloads, event names and
    ///   placeholders.
    public func decode(_ bytes: Span<UInt8>) throws(SocketIOViolation) -> PacketView {
        let header = try PacketHeader(bytes, limits: self.limits)
        var packet = PacketView(
            type: header.type, attachmentCount: header.attachmentCount, namespace: header.namespace,
            ackID: header.ackID, payload: header.end..<bytes.count)
        switch header.type {
        case .connect, .disconnect, .connectError:
            guard header.ackID == nil else { throw .unexpectedAckID }
            try self.decodeControl(bytes, &packet)
        case .event, .binaryEvent:
            try self.decodeEvent(bytes, &packet)
        case .ack, .binaryAck:
            guard header.ackID != nil else { throw .missingAckID }
            try self.decodeAck(bytes, &packet)
        }
        return packet
    }

    /// CONNECT takes an object or nothing, DISCONNECT nothing, CONNECT_ERROR an object, a string or nothing.
    private func decodeControl(_ bytes: Span<UInt8>, _ packet: inout PacketView) throws(SocketIOViolation) {
        guard !packet.payload.isEmpty else { return }
        guard packet.type != .disconnect else { throw .unexpectedPayload }
        let first = bytes[packet.payload.lowerBound]
        let isText = packet.type == .connectError && first == UInt8(ascii: "\"")
        guard first == UInt8(ascii: "{") || isText else { throw .wrongPayloadKind }
        var visitor = NoVisitor()
        packet.payload = try Self.scan(
            bytes, payload: packet.payload, maxDepth: self.limits.maxJSONDepth, visitor: &visitor)
    }

    private func decodeEvent(_ bytes: Span<UInt8>, _ packet: inout PacketView) throws(SocketIOViolation) {
        // The name is an element too.
        let maxElements = self.limits.maxArguments < Int.max ? self.limits.maxArguments + 1 : Int.max
        let elements = try self.scanArray(bytes, &packet, maxElements: maxElements)
        let event = try Self.event(in: bytes, payload: packet.payload, elements: elements)
        packet.arguments = event.arguments
        packet.argumentCount = event.argumentCount
        packet.event = event
    }

    private func decodeAck(_ bytes: Span<UInt8>, _ packet: inout PacketView) throws(SocketIOViolation) {
        let elements = try self.scanArray(bytes, &packet, maxElements: self.limits.maxArguments)
        let close = packet.payload.upperBound - 1
        packet.arguments = elements.count > 0 ? elements.firstStart..<elements.lastEnd : close..<close
        packet.argumentCount = elements.count
    }

    /// Scans the payload, which must be an array.
    private func scanArray(
        _ bytes: Span<UInt8>, _ packet: inout PacketView, maxElements: Int
    ) throws(SocketIOViolation) -> PayloadVisitor {
        guard !packet.payload.isEmpty else { throw .missingPayload }
        guard bytes[packet.payload.lowerBound] == UInt8(ascii: "[") else { throw .wrongPayloadKind }
        guard packet.type.announcesAttachments else {
            var visitor = PayloadVisitor(maxElements: maxElements)
            packet.payload = try Self.scan(
                bytes, payload: packet.payload, maxDepth: self.limits.maxJSONDepth, visitor: &visitor)
            return visitor
        }
        var visitor = BinaryPayloadVisitor(
            maxElements: maxElements, attachmentCount: packet.attachmentCount)
        packet.payload = try Self.scan(
            bytes, payload: packet.payload, maxDepth: self.limits.maxJSONDepth, visitor: &visitor)
        return visitor.payload
    }

    /// Scans the one JSON value in `payload`; returns its range without what whitespace follows it.
    private static func scan<Visitor: JSONVisitor>(
        _ bytes: Span<UInt8>, payload: Range<Int>, maxDepth: Int, visitor: inout Visitor
    ) throws(SocketIOViolation) -> Range<Int> {
        let text = bytes.extracting(0..<payload.upperBound)
        let end = try JSONScanner.scan(
            text, from: payload.lowerBound, maxDepth: maxDepth, visitor: &visitor)
        guard JSONScanner.skipWhitespace(text, from: end) == text.count else { throw .trailingBytes }
        return payload.lowerBound..<end
    }
}
