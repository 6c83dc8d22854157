/// The secret of a session: 256 random bits, 64 lower-case hexadecimal characters in the cookie or in `auth.token`.
/// The server keeps its SHA-256 only.
public struct SessionToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Bytes of a token.
    public static let byteCount = 32

    /// The secret bytes.
    public let bytes: [UInt8]

    /// A token from 32 bytes of a cryptographic source; `nil` for another count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Parses the text form; `nil` for anything else.
    public init?(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        var high: UInt8?
        for character in text.utf8 {
            guard bytes.count < Self.byteCount, let digit = Self.digit(character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil, bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The secret text: for the cookie and nothing else.
    public var text: String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[index * 2] = Self.character(byte >> 4)
                buffer[index * 2 + 1] = Self.character(byte & 0xF)
            }
            return bytes.count * 2
        }
    }

    /// Never the secret.
    public var description: String { "SessionToken(...)" }
    /// Never the secret.
    public var debugDescription: String { description }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func character(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + (digit - 10)
    }
}
