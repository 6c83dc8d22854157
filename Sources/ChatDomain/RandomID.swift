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
        var utf8 = text.utf8.makeIterator()
        for index in 0..<prefix.utf8CodeUnitCount {
            guard utf8.next() == prefix.utf8Start[index] else { return nil }
        }
        var bits: UInt128 = 0
        for position in 0..<Self.textLength {
            guard let character = utf8.next(), let value = Self.value(of: character) else { return nil }
            if position == Self.textLength - 1 {
                guard value & 0b11 == 0 else { return nil }
                bits = bits << 3 | UInt128(value >> 2)
            } else {
                bits = bits << 5 | UInt128(value)
            }
        }
        guard utf8.next() == nil else { return nil }
        self.halves = TwoHalves(bits)
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
