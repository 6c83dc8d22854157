/// The objects in a binary packet's payload that stand for its attachments: `{"_placeholder":true,"num":0}`.
public enum Placeholders {
    /// Checks that every placeholder in `payload` names one of the attachments (CVE-2022-2421).
    ///
    /// Two placeholders may name the same attachment, and an attachment may be named by none. Other members
    /// of a placeholder are tolerated. `PacketDecoder` has checked the packets that it returns: this is for
    /// payloads that come another way.
    ///
    /// - Throws: `.illegalPlaceholder`; `.malformedJSON`, `.jsonTooDeep` or `.trailingBytes` when `payload`
    ///   is not one JSON value.
    public static func validate(
        _ bytes: Span<UInt8>, payload: Range<Int>, attachmentCount: Int
    ) throws(SocketIOViolation) {
        guard payload.lowerBound >= 0, payload.upperBound <= bytes.count else { throw .malformedJSON }
        var visitor = PlaceholderVisitor(attachmentCount: attachmentCount)
        let text = bytes.extracting(payload)
        let end = try JSONScanner.scan(
            text, from: 0, maxDepth: ParserLimits.deepestJSON, visitor: &visitor)
        guard JSONScanner.skipWhitespace(text, from: end) == text.count else { throw .trailingBytes }
    }
}
