/// The two forms of a v3 payload. Both consume at least one byte or throw.
extension PayloadDecoder {
    /// `<length>:<packet>`, the length in UTF-16 code units, for that is what JavaScript counts.
    mutating func takeCounted(_ bytes: Span<UInt8>) throws(EngineViolation) -> Range<Int> {
        var units = try takeLength(bytes, zero: 0x30, end: 0x3A)
        let start = position
        while units > 0 {
            guard position < bytes.count else { throw .malformedLength }
            let width = Self.width(of: bytes[position])
            // Outside the basic plane a character takes two code units, and no length ends between them.
            units -= width == 4 ? 2 : 1
            guard units >= 0, bytes.count - position >= width else { throw .malformedLength }
            position += width
        }
        return start..<position
    }

    /// 0 or 1, the digits, 0xFF, the packet, whose length counts bytes.
    mutating func takeTagged(
        _ bytes: Span<UInt8>
    ) throws(EngineViolation) -> (packet: Range<Int>, isBinary: Bool) {
        guard position < bytes.count, bytes[position] <= 1 else { throw .malformedLength }
        let isBinary = bytes[position] == 1
        position += 1
        let length = try takeLength(bytes, zero: 0, end: 0xFF)
        guard length <= bytes.count - position else { throw .malformedLength }
        let start = position
        position += length
        return (start..<position, isBinary)
    }

    /// One to ``maxLengthDigits`` digits and the byte that ends them.
    private mutating func takeLength(
        _ bytes: Span<UInt8>, zero: UInt8, end: UInt8
    ) throws(EngineViolation) -> Int {
        var length = 0
        for digits in 0...Self.maxLengthDigits {
            guard position < bytes.count else { throw .malformedLength }
            let byte = bytes[position]
            position += 1
            if byte == end, digits > 0 { return length }
            guard byte >= zero, byte - zero <= 9, digits < Self.maxLengthDigits else { break }
            length = length * 10 + Int(byte - zero)
        }
        throw .malformedLength
    }

    /// The bytes of the UTF-8 character that starts with this byte. The text has been validated before.
    private static func width(of first: UInt8) -> Int {
        switch first {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }
}
