/// The 128 random bits behind every public id, and their text form: 26 characters of lower-case base32
/// (RFC 4648 alphabet, no padding).
///
/// 26 characters hold 130 bits; the two spare bits of the last character are zero, and a text where they are not
/// is refused, so that one id has exactly one text.
struct RandomID: Hashable, Sendable {
    static let textLength = 26

    private let halves: TwoHalves

    init(bits: UInt128) {
        self.halves = TwoHalves(bits)
    }

    var bits: UInt128 { halves.bits }

    /// Parses `prefix` followed by 26 characters. `nil` for every other text.
    init?(_ text: String, prefix: StaticString) {
        var text = text
        guard let bits = text.withUTF8({ Self.bits(of: $0, prefix: prefix) }) else { return nil }
        self.halves = TwoHalves(bits)
    }

    private static func bits(of text: UnsafeBufferPointer<UInt8>, prefix: StaticString) -> UInt128? {
        let prefixLength = prefix.utf8CodeUnitCount
        guard text.count == prefixLength + textLength else { return nil }
        for index in 0..<prefixLength where text[index] != prefix.utf8Start[index] { return nil }
        var bits: UInt128 = 0
        for character in text[prefixLength..<(prefixLength + textLength - 1)] {
            guard let value = value(of: character) else { return nil }
            bits = bits << 5 | UInt128(value)
        }
        guard let last = value(of: text[text.count - 1]), last & 0b11 == 0 else { return nil }
        return bits << 3 | UInt128(last >> 2)
    }

    func text(prefix: StaticString) -> String {
        let prefixLength = prefix.utf8CodeUnitCount
        return String(unsafeUninitializedCapacity: prefixLength + Self.textLength) { buffer in
            for index in 0..<prefixLength {
                buffer[index] = prefix.utf8Start[index]
            }
            var rest = bits
            // The first 125 bits are 25 characters, the last three bits are the top of the 26th.
            buffer[prefixLength + Self.textLength - 1] = Self.character(
                UInt8(truncatingIfNeeded: rest & 0b111) << 2)
            rest >>= 3
            for position in stride(from: Self.textLength - 2, through: 0, by: -1) {
                buffer[prefixLength + position] = Self.character(UInt8(truncatingIfNeeded: rest & 0b11111))
                rest >>= 5
            }
            return prefixLength + Self.textLength
        }
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a")
        case UInt8(ascii: "2")...UInt8(ascii: "7"): character - UInt8(ascii: "2") + 26
        default: nil
        }
    }

    private static func character(_ value: UInt8) -> UInt8 {
        value < 26 ? UInt8(ascii: "a") + value : UInt8(ascii: "2") + (value - 26)
    }
}
