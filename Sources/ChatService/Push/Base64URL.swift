/// Base64 with the alphabet for addresses and without padding (RFC 4648, section 5).
public enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The text of some bytes.
    public static func text(of bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var (pending, count): (UInt32, Int) = (0, 0)
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                result.append(alphabet[Int(pending >> UInt32(count) & 0x3F)])
            }
            pending &= 1 << UInt32(count) - 1
        }
        if count > 0 { result.append(alphabet[Int(pending << UInt32(6 - count) & 0x3F)]) }
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes of a text, with or without padding, in this alphabet or the plain one; nil for anything else.
    public static func bytes(of text: String) -> [UInt8]? {
        var result: [UInt8] = []
        var (pending, count): (UInt32, Int) = (0, 0)
        for character in text.utf8.prefix(while: { $0 != UInt8(ascii: "=") }) {
            let plain =
                character == UInt8(ascii: "+")
                ? UInt8(ascii: "-") : character == UInt8(ascii: "/") ? UInt8(ascii: "_") : character
            guard let value = alphabet.firstIndex(of: plain) else { return nil }
            pending = pending << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: pending >> UInt32(count)))
            }
            pending &= 1 << UInt32(count) - 1
        }
        return result
    }
}
