internal import SocketIOProtocol
internal import Testing

/// Strings into JSON and back.
@Suite struct JSONTextTests {
    private func json(_ value: String) -> [UInt8] {
        var bytes: [UInt8] = []
        JSONText.string(value, into: &bytes)
        return bytes
    }

    @Test(arguments: [
        ("", #""""#), ("a", #""a""#), ("\"\\/", #""\"\\/""#), ("\u{08}\u{0C}\n\r\t", #""\b\f\n\r\t""#),
        ("\u{0}\u{01}\u{0B}\u{1F}", #""\u0000\u0001\u000b\u001f""#), ("\u{7F}\u{80}", "\"\u{7F}\u{80}\""),
        ("é日😀\u{2028}\u{2029}", "\"é日😀\u{2028}\u{2029}\""), ("</script>", #""</script>""#),
    ])
    func `a string is escaped as JSON.stringify does`(value: String, text: String) {
        #expect(String(decoding: self.json(value), as: UTF8.self) == text)
    }

    @Test func `every scalar of the first two planes comes back`() throws {
        for start in stride(from: UInt32(0), to: 0x20000, by: 256) {
            let scalars = (start..<(start + 256)).compactMap(Unicode.Scalar.init)
            let value = String(String.UnicodeScalarView(scalars))
            let bytes = self.json(value)
            let back = try #require(unescape(bytes))
            #expect(back.unicodeScalars.elementsEqual(value.unicodeScalars), "U+\(String(start, radix: 16))")
            #expect(isJSON(bytes, maxDepth: 0))
        }
    }

    @Test(arguments: [
        (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
        (#""\u0041\u00e9""#, "Aé"),
        (#""\uD83D\uDE00""#, "😀"), (#""\udbff\udfff""#, "\u{10FFFF}"), (#""\ud800\udc00""#, "\u{10000}"),
        (#""\ud83d""#, "\u{FFFD}"), (#""\ude00""#, "\u{FFFD}"), (#""\ud83dx""#, "\u{FFFD}x"),
        (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
        (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
        (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"), (#""\ude00\ude00""#, "\u{FFFD}\u{FFFD}"),
        (#""\u0000""#, "\u{0}"), (#""é\u0301""#, "é\u{301}"),
        (#""\\u0041""#, "\\u0041"), (#""\ud83d\\ude00""#, "\u{FFFD}\\ude00"),
    ])
    func `escapes are undone`(text: String, value: String) throws {
        let bytes = Array(text.utf8)
        let found = try #require(unescape(bytes))
        #expect(found.unicodeScalars.elementsEqual(value.unicodeScalars))
        let padded = [0x5B] + bytes + [0x5D]
        #expect(unescape(padded, token: 1..<(bytes.count + 1)) == found)
    }

    @Test(arguments: [
        "", "\"", "a", "ab", "\"a", "a\"", #""a"b"#, #""a""b""#, #""\""#, #""\x""#, #""\u12""#,
        #""\ud83d\u12""#, "\"\n\"",
        "1", "[]", "'a'",
    ])
    func `what is not exactly one string has no text`(text: String) {
        let bytes = Array(text.utf8)
        #expect(unescape(bytes) == nil)
    }

    @Test(arguments: [0..<4, -1..<2, 3..<5, 2..<2, -5..<(-3), 0..<Int.max])
    func `a token outside the bytes has no text`(token: Range<Int>) {
        let bytes = Array(#""a""#.utf8)
        #expect(unescape(bytes, token: token) == nil)
    }

    @Test(arguments: SeededGenerator.seeds)
    func `random strings come back, escaped or not`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet: [Unicode.Scalar] = [
            "a", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "é", "日", "😀", "\u{FFFD}", "u",
        ]
        for _ in 0..<2000 {
            let scalars = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? "a"
            }
            let value = String(String.UnicodeScalarView(scalars))
            let plain = self.json(value)
            #expect(unescape(plain) == value, "seed \(seed)")
            let units = value.utf16.map { unit in
                let hex = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            }
            let escaped = Array("\"\(units.joined())\"".utf8)
            #expect(unescape(escaped) == value, "seed \(seed)")
        }
    }
}
