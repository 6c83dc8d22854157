internal import SocketIOProtocol

/// Decodes a packet that is written as text.
func decode(_ text: String, limits: ParserLimits = .init()) throws(SocketIOViolation) -> PacketView {
    let bytes = Array(text.utf8)
    return try PacketDecoder(limits: limits).decode(bytes.span)
}

/// The rule that the packet breaks; nil when it breaks none.
func violation(of text: String, limits: ParserLimits = .init()) -> SocketIOViolation? {
    do throws(SocketIOViolation) {
        _ = try decode(text, limits: limits)
        return nil
    } catch {
        return error
    }
}

/// What stands in `range` of the packet.
func slice(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
}

/// The elements of a list, as text.
func elements(of bytes: [UInt8], in range: Range<Int>) -> [String] {
    var found: [String] = []
    var walk = JSONElements(range)
    while let element = walk.next(in: bytes.span) {
        found.append(String(decoding: bytes[element], as: UTF8.self))
    }
    return found
}

/// Whether `bytes` are JSON. (`#expect` cannot look into calls that take a span.)
func isJSON(_ bytes: [UInt8], maxDepth: Int = 64) -> Bool {
    JSONText.validate(bytes.span, maxDepth: maxDepth)
}

/// The text of the JSON string in `token`, or in all of `bytes`.
func unescape(_ bytes: [UInt8], token: Range<Int>? = nil) -> String? {
    JSONText.unescape(bytes.span, token: token ?? 0..<bytes.count)
}
