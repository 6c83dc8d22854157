/// Standard base64 (RFC 4648 section 4) for binary messages in polling payloads.
public enum Base64 {
    private static let alphabet: [UInt8] = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }()

    /// Appends the padded base64 text of `data`.
    public static func encode(_ data: [UInt8], to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + (data.count + 2) / 3 * 4)
        var index = 0
        while index < data.count {
            let left = data.count - index
            let first = data[index]
            let second = left > 1 ? data[index + 1] : 0
            let third = left > 2 ? data[index + 2] : 0
            bytes.append(alphabet[Int(first >> 2)])
            bytes.append(alphabet[Int((first & 0x03) << 4 | second >> 4)])
            bytes.append(left > 1 ? alphabet[Int((second & 0x0F) << 2 | third >> 6)] : 0x3D)
            bytes.append(left > 2 ? alphabet[Int(third & 0x3F)] : 0x3D)
            index += 3
        }
    }

    /// The bytes that a base64 text stands for. Padding may be left out, as some clients do.
    ///
    /// - Throws: ``EngineViolation/invalidBase64`` for a foreign character, bad padding, a lone last
    ///   character, or bits that the last character may not carry.
    public static func decode(_ text: Span<UInt8>) throws(EngineViolation) -> [UInt8] {
        var end = text.count
        var padding = 0
        while end > 0, padding < 2, text[end - 1] == 0x3D {
            end -= 1
            padding += 1
        }
        guard padding == 0 || text.count % 4 == 0, end % 4 != 1 else { throw .invalidBase64 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end / 4 * 3 + 2)
        var group: UInt32 = 0
        for index in 0..<end {
            let value = values[Int(text[index])]
            guard value != 0xFF else { throw .invalidBase64 }
            group = group << 6 | UInt32(value)
            if index % 4 == 3 {
                bytes.append(UInt8(truncatingIfNeeded: group >> 16))
                bytes.append(UInt8(truncatingIfNeeded: group >> 8))
                bytes.append(UInt8(truncatingIfNeeded: group))
                group = 0
            }
        }
        switch end % 4 {
        case 2:
            guard group & 0x0F == 0 else { throw .invalidBase64 }
            bytes.append(UInt8(truncatingIfNeeded: group >> 4))
        case 3:
            guard group & 0x03 == 0 else { throw .invalidBase64 }
            bytes.append(UInt8(truncatingIfNeeded: group >> 10))
            bytes.append(UInt8(truncatingIfNeeded: group >> 2))
        default: break
        }
        return bytes
    }
}
