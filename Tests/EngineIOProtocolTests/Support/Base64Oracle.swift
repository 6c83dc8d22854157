/// RFC 4648 section 4 with a string of bits: slow, and too simple to be wrong.
enum Base64Oracle {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    private static func bits(_ value: Int, _ width: Int) -> String {
        let text = String(value, radix: 2)
        return String(repeating: "0", count: width - text.count) + text
    }

    static func encode(_ data: [UInt8]) -> String {
        var stream = data.map { bits(Int($0), 8) }.joined()
        while stream.count % 6 != 0 { stream += "0" }
        var text = ""
        while !stream.isEmpty {
            text.append(alphabet[Int(stream.prefix(6), radix: 2) ?? 0])
            stream.removeFirst(6)
        }
        while text.count % 4 != 0 { text += "=" }
        return text
    }

    /// The bytes, or nil for what is not the canonical text of any bytes; padding may be left out whole.
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var characters = text.map { Character(Unicode.Scalar($0)) }
        if characters.last == "=" {
            guard characters.count % 4 == 0 else { return nil }
            characters.removeLast()
            if characters.last == "=" { characters.removeLast() }
        }
        var stream = ""
        for character in characters {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            stream += bits(value, 6)
        }
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        while stream.count >= 8 {
            bytes.append(UInt8(stream.prefix(8), radix: 2) ?? 0)
            stream.removeFirst(8)
        }
        return stream.contains("1") ? nil : bytes
    }
}
