/// What stands before a packet's payload: `<type>[<attachments>-][<namespace>,][<ack id>]`.
struct PacketHeader {
    let type: SocketPacketType
    let attachmentCount: Int
    let namespace: Range<Int>?
    let ackID: UInt64?
    /// Where the payload starts.
    let end: Int

    /// Reads the header of the packet in `bytes`.
    init(_ bytes: Span<UInt8>, limits: ParserLimits) throws(SocketIOViolation) {
        guard !bytes.isEmpty else { throw .emptyPacket }
        guard let type = SocketPacketType(rawValue: bytes[0] &- UInt8(ascii: "0")) else {
            throw .unknownPacketType
        }
        var index = 1
        self.type = type
        self.attachmentCount =
            type.announcesAttachments ? try Self.attachmentCount(bytes, &index, limits: limits) : 0
        self.namespace = try Self.namespace(bytes, &index, limits: limits)
        self.ackID = try Self.ackID(bytes, &index)
        self.end = index
    }

    /// One or two digits and a dash. The reference converts with `Number()` and so takes `1.0` and `1e0`;
    /// this does not.
    private static func attachmentCount(
        _ bytes: Span<UInt8>, _ index: inout Int, limits: ParserLimits
    ) throws(SocketIOViolation) -> Int {
        var count = 0
        let start = index
        while index < bytes.count, JSONToken.isDigit(bytes[index]) {
            guard index - start < 2 else { throw .tooManyAttachments }
            count = count * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard index > start, index < bytes.count, bytes[index] == UInt8(ascii: "-") else {
            throw .illegalAttachmentCount
        }
        index += 1
        guard count <= limits.maxAttachments else { throw .tooManyAttachments }
        return count
    }

    /// From a slash to a comma, or to the end of a packet that has no payload. A `?query` stays part of it.
    private static func namespace(
        _ bytes: Span<UInt8>, _ index: inout Int, limits: ParserLimits
    ) throws(SocketIOViolation) -> Range<Int>? {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "/") else { return nil }
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: ",") {
            guard index - start < limits.maxNamespaceLength else { throw .namespaceTooLong }
            index += 1
        }
        let name = start..<index
        if index < bytes.count { index += 1 }
        return name.count > 1 ? name : nil
    }

    /// Digits up to the payload; sixteen of them are enough for 2^53 - 1.
    private static func ackID(_ bytes: Span<UInt8>, _ index: inout Int) throws(SocketIOViolation) -> UInt64? {
        let start = index
        var id: UInt64 = 0
        while index < bytes.count, JSONToken.isDigit(bytes[index]) {
            guard index - start < 16 else { throw .ackIDTooLarge }
            id = id * 10 + UInt64(bytes[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard id <= ParserLimits.largestAckID else { throw .ackIDTooLarge }
        return index > start ? id : nil
    }
}
