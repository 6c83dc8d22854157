/// Tells strict UTF-8 (RFC 3629) from the rest, over any number of pieces cut anywhere: a text message's
/// fragments may split a character (RFC 6455 section 5.6). Overlong forms, surrogates and scalars above
/// U+10FFFF are refused at the first byte that rules them out.
@frozen
public struct UTF8Validator: Sendable {
    /// Continuation bytes that the open character still needs, 0...3; `invalid` once a byte was wrong.
    @usableFromInline var needed: UInt8 = 0
    /// The smallest value that the next continuation byte may have.
    @usableFromInline var lower: UInt8 = 0x80
    /// The largest value that the next continuation byte may have.
    @usableFromInline var upper: UInt8 = 0xbf

    @inlinable static var invalid: UInt8 { 0xff }

    /// A validator at the start of a text.
    @inlinable
    public init() {}

    /// Whether all bytes so far are valid and the last character is whole; ask at the end of a message.
    @inlinable
    public var isComplete: Bool { self.needed == 0 }

    /// Back to the start of a text.
    @inlinable
    public mutating func reset() {
        self = UTF8Validator()
    }

    /// Whether `bytes` is a whole valid text.
    @inlinable
    public static func isValid(_ bytes: Span<UInt8>) -> Bool {
        var validator = UTF8Validator()
        return validator.feed(bytes) && validator.isComplete
    }

    /// The next piece of the text.
    ///
    /// - Returns: false if no continuation could make the text valid; it stays false until ``reset()``.
    @inlinable
    public mutating func feed(_ bytes: Span<UInt8>) -> Bool {
        guard self.needed != Self.invalid else { return false }
        var index = 0
        while index < bytes.count {
            if self.needed == 0 {
                index = Self.skipASCII(bytes, from: index)
                guard index < bytes.count else { break }
                self.take(lead: bytes[index])
            } else {
                self.take(continuation: bytes[index])
            }
            guard self.needed != Self.invalid else { return false }
            index &+= 1
        }
        return true
    }

    /// Steps over ASCII, eight bytes at a time, to the first other byte or until fewer than eight are left.
    @inlinable
    static func skipASCII(_ bytes: Span<UInt8>, from index: Int) -> Int {
        let raw = bytes.bytes
        let count = raw.byteCount
        var index = index
        while count &- index >= 8 {
            // A byte above 0x7f shows as its top bit; the zero bits below the lowest one are ASCII bytes.
            let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let notASCII = UInt64(littleEndian: word) & 0x8080_8080_8080_8080
            guard notASCII == 0 else { return index &+ notASCII.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        return index
    }

    /// The first byte of a character; the bounds are those of RFC 3629 section 4.
    @inlinable
    mutating func take(lead byte: UInt8) {
        self.lower = 0x80
        self.upper = 0xbf
        switch byte {
        case 0x00...0x7f: self.needed = 0
        case 0xc2...0xdf: self.needed = 1
        case 0xe0...0xef:
            self.needed = 2
            if byte == 0xe0 { self.lower = 0xa0 }  // below: overlong
            if byte == 0xed { self.upper = 0x9f }  // above: surrogates
        case 0xf0...0xf4:
            self.needed = 3
            if byte == 0xf0 { self.lower = 0x90 }  // below: overlong
            if byte == 0xf4 { self.upper = 0x8f }  // above: beyond U+10FFFF
        default: self.needed = Self.invalid
        }
    }

    /// A further byte of the open character.
    @inlinable
    mutating func take(continuation byte: UInt8) {
        guard byte >= self.lower, byte <= self.upper else {
            self.needed = Self.invalid
            return
        }
        self.needed &-= 1
        self.lower = 0x80
        self.upper = 0xbf
    }
}
