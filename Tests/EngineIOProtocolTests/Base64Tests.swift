internal import EngineIOProtocol
internal import Testing

/// Base64 against the RFC's examples and against an oracle that counts bits.
struct Base64Tests {
    private static func encode(_ data: [UInt8]) -> String {
        var text: [UInt8] = []
        Base64.encode(data, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func decode(_ text: [UInt8]) -> [UInt8]? {
        do throws(EngineViolation) {
            return try Base64.decode(text.span)
        } catch {
            #expect(error == .invalidBase64)
            return nil
        }
    }

    @Test(
        "RFC 4648 section 10",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, text: String) {
        #expect(Self.encode(Array(plain.utf8)) == text)
        #expect(Self.decode(Array(text.utf8)) == Array(plain.utf8))
        #expect(Self.decode(Array(text.utf8.filter { $0 != 0x3D })) == Array(plain.utf8))
    }

    @Test(arguments: [
        "A", "AAAAA", "=", "==", "===", "====", "A=", "A==", "A===", "AA=", "AAA==", "AA==A", "AA=A", "AAAA=",
        "AAAA==", "AAAA====", "AB==", "AAB=", "AB", "AAB", "A-A=", "A_A=", "AA A", "AAAA\n", " AAA",
        "AA\u{0}A", "é",
    ])
    func refused(text: String) {
        #expect(Self.decode(Array(text.utf8)) == nil)
    }

    @Test("Appends, and never touches what is there")
    func appends() {
        var bytes: [UInt8] = [1, 2]
        Base64.encode([0xFB, 0xFF], to: &bytes)
        #expect(bytes == [1, 2] + Array("+/8=".utf8))
    }

    @Test("Every byte in every place of a group of four", arguments: 0...255)
    func everyByte(byte: Int) {
        for place in 0..<4 {
            var text = Array("AAAA".utf8)
            text[place] = UInt8(byte)
            #expect(Self.decode(text) == Base64Oracle.decode(text), "place \(place)")
        }
    }

    @Test(arguments: SeededGenerator.seeds)
    func againstTheOracle(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let likely = Array("AZaz09+/==\n-_B".utf8)
        for _ in 0..<2_000 {
            let data = random.bytes(Int.random(in: 0...40, using: &random))
            let text = Self.encode(data)
            #expect(text == Base64Oracle.encode(data))
            #expect(Self.decode(Array(text.utf8)) == data)
            let hostile = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                likely.randomElement(using: &random) ?? 0
            }
            #expect(Self.decode(hostile) == Base64Oracle.decode(hostile), "\(hostile)")
        }
    }
}
