/// Turns the inside of a JSON string, already known to be well formed, into text.
enum JSONUnescaper {
    /// The text of `content`; nil when it is not UTF-8.
    static func text(of content: Span<UInt8>) -> String? {
        var output: [UInt8] = []
        output.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            guard content[index] == UInt8(ascii: "\\"), index + 1 < content.count else {
                output.append(content[index])
                index += 1
                continue
            }
            let (scalar, next) = Self.escape(content, at: index)
            output.append(contentsOf: String(Character(scalar)).utf8)
            index = next
        }
        return String(validating: output, as: UTF8.self)
    }

    /// The scalar that the escape at `index` stands for, and the index after it.
    static func escape(_ content: Span<UInt8>, at index: Int) -> (Unicode.Scalar, next: Int) {
        switch content[index + 1] {
        case UInt8(ascii: "b"): return ("\u{08}", index + 2)
        case UInt8(ascii: "f"): return ("\u{0C}", index + 2)
        case UInt8(ascii: "n"): return ("\u{0A}", index + 2)
        case UInt8(ascii: "r"): return ("\u{0D}", index + 2)
        case UInt8(ascii: "t"): return ("\u{09}", index + 2)
        case UInt8(ascii: "u"): return Self.unicodeEscape(content, at: index)
        case let byte: return (Unicode.Scalar(byte), index + 2)
        }
    }

    private static func unicodeEscape(_ content: Span<UInt8>, at index: Int) -> (Unicode.Scalar, next: Int) {
        let first = JSONToken.hexUnit(content, at: index + 2)
        if let first, let scalar = Unicode.Scalar(first) { return (scalar, index + 6) }
        // A surrogate: it needs the other half right after it.
        guard let first, UTF16.isLeadSurrogate(first), index + 7 < content.count,
            content[index + 6] == UInt8(ascii: "\\"), content[index + 7] == UInt8(ascii: "u"),
            let second = JSONToken.hexUnit(content, at: index + 8), UTF16.isTrailSurrogate(second),
            let pair = Unicode.Scalar(0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF)))
        else { return ("\u{FFFD}", index + 6) }
        return (pair, index + 12)
    }
}
