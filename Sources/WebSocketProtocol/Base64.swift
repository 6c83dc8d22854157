/// As much base64 (RFC 4648 section 4) as the opening handshake needs: to write the accept key, and to tell
/// whether a key has the form of 16 bytes.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The padded text of `bytes`.
    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for (index, byte) in group.enumerated() {
                bits |= UInt32(byte) << UInt32(16 - 8 * index)
            }
            for index in 0..<4 {
                let sextet = Int(bits >> UInt32(18 - 6 * index) & 0x3f)
                text.append(index <= group.count ? Self.alphabet[sextet] : Self.padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether `text` is 22 characters of the alphabet and two of padding. The four spare bits of the last
    /// character may have any value: the key is hashed as text, and other servers take it as well.
    static func isEncodingOf16Bytes(_ text: Span<UInt8>) -> Bool {
        guard text.count == 24, text[22] == Self.padding, text[23] == Self.padding else { return false }
        for place in 0..<22 where !Self.isSextet(text[place]) { return false }
        return true
    }

    private static func isSextet(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
