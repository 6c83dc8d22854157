/// Where the scalar tokens of JSON end (RFC 8259, sections 3, 6 and 7).
enum JSONToken {
    /// The index after the closing quote of the string whose opening quote is at `start`.
    static func endOfString(_ bytes: Span<UInt8>, at start: Int) throws(SocketIOViolation) -> Int {
        var index = Self.skipPlainWords(bytes, from: start + 1)
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { return index + 1 }
            if byte == UInt8(ascii: "\\") {
                index = Self.skipPlainWords(bytes, from: try Self.endOfEscape(bytes, at: index))
                continue
            }
            guard byte >= 0x20 else { throw .malformedJSON }
            index += 1
        }
        throw .malformedJSON
    }

    /// The first index from `start` on that holds a quote, a backslash or a control character, or where less
    /// than eight bytes are left. Most of a large packet is the inside of strings: this looks at eight bytes
    /// at a time.
    private static func skipPlainWords(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let raw = bytes.bytes
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while bytes.count - index >= 8 {
            let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            // The lowest byte that matches has its top bit set; bytes above it may, wrongly, too.
            let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let isQuote = (quote &- ones) & ~quote
            let isBackslash = (backslash &- ones) & ~backslash
            let isControl = (word &- ones &* 0x20) & ~word
            let matches = (isQuote | isBackslash | isControl) & (ones &* 0x80)
            guard matches == 0 else { return index + matches.trailingZeroBitCount / 8 }
            index += 8
        }
        return index
    }

    /// The index after the escape whose backslash is at `start`.
    private static func endOfEscape(_ bytes: Span<UInt8>, at start: Int) throws(SocketIOViolation) -> Int {
        guard start + 1 < bytes.count else { throw .malformedJSON }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            guard Self.hexUnit(bytes, at: start + 2) != nil else { throw .malformedJSON }
            return start + 6
        default:
            throw .malformedJSON
        }
    }

    /// The UTF-16 code unit that the four hexadecimal digits at `start` spell.
    static func hexUnit(_ bytes: Span<UInt8>, at start: Int) -> UInt16? {
        guard start + 4 <= bytes.count else { return nil }
        var unit: UInt16 = 0
        for index in start..<(start + 4) {
            let byte = bytes[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// The index after the number that starts at `start`.
    static func endOfNumber(_ bytes: Span<UInt8>, at start: Int) throws(SocketIOViolation) -> Int {
        var index = start
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let integer = index
        index = Self.endOfDigits(bytes, at: index)
        guard index > integer else { throw .malformedJSON }
        if bytes[integer] == UInt8(ascii: "0"), index > integer + 1 { throw .malformedJSON }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            let fraction = index + 1
            index = Self.endOfDigits(bytes, at: fraction)
            guard index > fraction else { throw .malformedJSON }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            var exponent = index + 1
            if exponent < bytes.count,
                bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-")
            {
                exponent += 1
            }
            index = Self.endOfDigits(bytes, at: exponent)
            guard index > exponent else { throw .malformedJSON }
        }
        return index
    }

    /// The first index from `start` on that holds no decimal digit.
    static func endOfDigits(_ bytes: Span<UInt8>, at start: Int) -> Int {
        var index = start
        while index < bytes.count, Self.isDigit(bytes[index]) {
            index += 1
        }
        return index
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    /// The index after `literal`, which must stand at `start`.
    static func endOfLiteral(
        _ literal: String, _ bytes: Span<UInt8>, at start: Int
    ) throws(SocketIOViolation) -> Int {
        var index = start
        for byte in literal.utf8 {
            guard index < bytes.count, bytes[index] == byte else { throw .malformedJSON }
            index += 1
        }
        return index
    }
}
