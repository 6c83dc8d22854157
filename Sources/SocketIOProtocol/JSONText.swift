/// JSON at the level of text: strings in and out, and whether a text is JSON at all.
public enum JSONText {
    /// Appends `value` as a JSON string with its quotes, escaped as JavaScript's `JSON.stringify` does:
    /// quote, backslash and the control characters below U+0020, nothing else.
    public static func string(_ value: String, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { bytes in
            // What needs no escape goes over in runs.
            var start = 0
            for (position, byte) in bytes.enumerated() where Self.needsEscape(byte) {
                output.append(contentsOf: bytes[start..<position])
                start = position + 1
                if byte < 0x20 {
                    Self.escapeControl(byte, into: &output)
                } else {
                    output.append(UInt8(ascii: "\\"))
                    output.append(byte)
                }
            }
            output.append(contentsOf: bytes[start...])
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escapeControl(_ byte: UInt8, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        default:
            output.append(contentsOf: "u00".utf8)
            output.append(Self.hexDigit(byte >> 4))
            output.append(Self.hexDigit(byte & 0x0F))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
    }

    /// The text of the JSON string that fills `token`, quotes included.
    ///
    /// A surrogate without its other half reads as U+FFFD.
    ///
    /// - Returns: nil when `token` is not exactly one JSON string in UTF-8.
    public static func unescape(_ bytes: Span<UInt8>, token: Range<Int>) -> String? {
        guard token.lowerBound >= 0, token.upperBound <= bytes.count, token.count >= 2 else { return nil }
        let text = bytes.extracting(token)
        guard text[0] == UInt8(ascii: "\"") else { return nil }
        guard let end = try? JSONToken.endOfString(text, at: 0), end == text.count else { return nil }
        let content = text.extracting(1..<(text.count - 1))
        var hasEscapes = false
        for index in content.indices where content[index] == UInt8(ascii: "\\") {
            hasEscapes = true
            break
        }
        guard hasEscapes else {
            guard let text = try? UTF8Span(validating: content) else { return nil }
            return String(copying: text)
        }
        return JSONUnescaper.text(of: content)
    }

    /// Whether `bytes` are one JSON value, whitespace around it allowed, nested at most `maxDepth` deep.
    ///
    /// A `maxDepth` above `ParserLimits.deepestJSON` counts as that.
    public static func validate(_ bytes: Span<UInt8>, maxDepth: Int) -> Bool {
        var visitor = NoVisitor()
        guard let end = try? JSONScanner.scan(bytes, from: 0, maxDepth: maxDepth, visitor: &visitor) else {
            return false
        }
        return JSONScanner.skipWhitespace(bytes, from: end) == bytes.count
    }
}
