/// As much base64 (RFC 4648 section 4) as the opening handshake needs: to write the accept key, and to tell
/// whether a key has the form of 16 bytes.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The padded text of `bytes`.
    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
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
    static func isEncodingOf16Bytes(_ text: Substring.UTF8View) -> Bool {
        text.count == 24 && text.prefix(22).allSatisfy(Self.alphabet.contains)
            && text.suffix(2).allSatisfy { $0 == Self.padding }
    }
}
