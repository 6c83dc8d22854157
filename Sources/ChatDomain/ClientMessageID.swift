/// The `cid` of a message: a UUID that the sending client chose before its first attempt and keeps for all attempts.
///
/// One person's `cid` names at most one message; see `SendMessage`.
public struct ClientMessageID: Hashable, Sendable, CustomStringConvertible {
    private let halves: TwoHalves

    /// The 16 bytes of the UUID as one big-endian number.
    public var bits: UInt128 { halves.bits }

    /// An id from its 128 bits.
    public init(bits: UInt128) {
        self.halves = TwoHalves(bits)
    }

    /// Parses the 36-character text form of RFC 9562, section 4 (`xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`); upper and
    /// lower case are the same id. The version and variant bits are the client's own affair.
    ///
    /// Throws `InvalidValue` (field `cid`, problem `malformed`) for anything else, braces and missing dashes included.
    public init(_ text: String) throws(InvalidValue) {
        var bits: UInt128 = 0
        var position = 0
        for byte in text.utf8 {
            switch position {
            case 8, 13, 18, 23:
                guard byte == UInt8(ascii: "-") else { throw InvalidValue(.cid, .malformed) }
            case 0..<36:
                guard let digit = Self.digit(byte) else { throw InvalidValue(.cid, .malformed) }
                bits = bits << 4 | UInt128(digit)
            default:
                throw InvalidValue(.cid, .malformed)
            }
            position += 1
        }
        guard position == 36 else { throw InvalidValue(.cid, .malformed) }
        self.halves = TwoHalves(bits)
    }

    /// The 36-character text form in lower case.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var rest = bits
            for position in stride(from: 35, through: 0, by: -1) {
                switch position {
                case 8, 13, 18, 23:
                    buffer[position] = UInt8(ascii: "-")
                default:
                    let digit = UInt8(truncatingIfNeeded: rest & 0xF)
                    buffer[position] =
                        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + (digit - 10)
                    rest >>= 4
                }
            }
            return 36
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
