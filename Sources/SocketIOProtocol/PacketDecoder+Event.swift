extension PacketDecoder {
    /// The name and the arguments of the event in `payload`, a JSON array.
    ///
    /// For payloads that come from elsewhere; the event of a decoded packet is `PacketView.event`. Nesting
    /// and arguments are bounded by `ParserLimits.deepestJSON` and the payload's length.
    ///
    /// - Throws: The rule for payloads or event names that it breaks.
    public static func event(
        in bytes: Span<UInt8>, payload: Range<Int>
    ) throws(SocketIOViolation) -> EventView {
        guard payload.lowerBound >= 0, payload.upperBound <= bytes.count else { throw .malformedJSON }
        guard !payload.isEmpty else { throw .missingPayload }
        guard bytes[payload.lowerBound] == UInt8(ascii: "[") else { throw .wrongPayloadKind }
        let text = bytes.extracting(0..<payload.upperBound)
        var elements = PayloadVisitor(maxElements: Int.max)
        let end = try JSONScanner.scan(
            text, from: payload.lowerBound, maxDepth: ParserLimits.deepestJSON, visitor: &elements)
        guard JSONScanner.skipWhitespace(text, from: end) == text.count else { throw .trailingBytes }
        return try Self.event(in: bytes, payload: payload.lowerBound..<end, elements: elements)
    }

    /// The event whose elements a scan of `payload` has found.
    static func event(
        in bytes: Span<UInt8>, payload: Range<Int>, elements: PayloadVisitor
    ) throws(SocketIOViolation) -> EventView {
        let token = elements.firstStart..<elements.firstEnd
        let name: String
        switch elements.firstKind {
        case .string:
            guard let text = JSONText.unescape(bytes, token: token) else { throw .malformedJSON }
            guard !ReservedNames.isReserved(text) else { throw .reservedEventName }
            name = text
        case .number:
            guard let digits = Self.integerName(bytes, token: token) else { throw .illegalEventName }
            name = digits
        case .object, .array, .true, .false, .null:
            throw .illegalEventName
        case nil:
            throw .missingEventName
        }
        let close = payload.upperBound - 1
        let arguments = elements.count > 1 ? elements.secondStart..<elements.lastEnd : close..<close
        return EventView(
            nameToken: token, name: name, arguments: arguments, argumentCount: elements.count - 1)
    }

    /// The integer in `token` as JavaScript names it; nil for fractions, exponents and what exceeds 2^53 - 1.
    private static func integerName(_ bytes: Span<UInt8>, token: Range<Int>) -> String? {
        let isNegative = bytes[token.lowerBound] == UInt8(ascii: "-")
        let digits = (token.lowerBound + (isNegative ? 1 : 0))..<token.upperBound
        guard digits.count <= 16 else { return nil }
        var value: Int64 = 0
        for index in digits {
            guard JSONToken.isDigit(bytes[index]) else { return nil }
            value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
        }
        guard value <= Int64(ParserLimits.largestAckID) else { return nil }
        return String(isNegative ? -value : value)
    }
}
