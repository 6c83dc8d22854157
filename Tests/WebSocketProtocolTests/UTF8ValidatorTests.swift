internal import Testing
internal import WebSocketProtocol

@Suite struct UTF8ValidatorTests {
    /// Swift's own verdict.
    static func swiftTakes(_ bytes: some Collection<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }

    /// Whether some continuation would make the bytes valid, by Swift's own verdict: these are ends that any
    /// open character can have.
    static func swiftCouldTake(_ bytes: [UInt8]) -> Bool {
        let ends: [[UInt8]] = [
            [], [0x80], [0xa0], [0x80, 0x80], [0xa0, 0x80], [0x90, 0x80, 0x80], [0x80, 0x80, 0x80],
        ]
        return ends.contains { Self.swiftTakes(bytes + $0) }
    }

    /// The verdict on pieces: valid so far, and complete.
    static func verdict(_ pieces: [ArraySlice<UInt8>]) -> (valid: Bool, complete: Bool) {
        var validator = UTF8Validator()
        var valid = true
        for piece in pieces { valid = validator.feed(piece.span) }
        return (valid, validator.isComplete)
    }

    /// Compares with Swift: whole, byte by byte, and at every split.
    static func disagreement(_ bytes: [UInt8]) -> String? {
        let takes = Self.swiftTakes(bytes)
        let couldTake = Self.swiftCouldTake(bytes)
        guard UTF8Validator.isValid(bytes.span) == takes else { return "isValid: \(bytes)" }
        for split in 0...bytes.count {
            let (valid, complete) = Self.verdict([bytes[..<split], bytes[split...]])
            guard valid == couldTake, complete == takes else { return "split at \(split): \(bytes)" }
        }
        var validator = UTF8Validator()
        for end in bytes.indices {
            let valid = Self.feed(&validator, [[bytes[end]]]) == [true]
            let prefix = Array(bytes[...end])
            guard valid == Self.swiftCouldTake(prefix), validator.isComplete == Self.swiftTakes(prefix) else {
                return "after byte \(end): \(bytes)"
            }
        }
        return nil
    }

    static let bad: [(name: String, bytes: [UInt8])] = [
        ("lone continuation", [0x80]), ("lone continuation, last", [0xbf]),
        ("overlong slash, 2 bytes", [0xc0, 0xaf]), ("overlong, largest of 2", [0xc1, 0xbf]),
        ("overlong slash, 3 bytes", [0xe0, 0x80, 0xaf]), ("overlong, largest of 3", [0xe0, 0x9f, 0xbf]),
        ("overlong slash, 4 bytes", [0xf0, 0x80, 0x80, 0xaf]),
        ("overlong, largest of 4", [0xf0, 0x8f, 0xbf, 0xbf]),
        ("modified UTF-8's NUL", [0xc0, 0x80]),
        ("first surrogate", [0xed, 0xa0, 0x80]), ("last surrogate", [0xed, 0xbf, 0xbf]),
        ("surrogate pair (CESU-8)", [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
        ("U+110000", [0xf4, 0x90, 0x80, 0x80]), ("lead F5", [0xf5, 0x80, 0x80, 0x80]),
        ("5-byte form", [0xf8, 0x88, 0x80, 0x80, 0x80]),
        ("6-byte form", [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80]),
        ("FE", [0xfe]), ("FF", [0xff]),
        ("cut short, 2", [0xc3]), ("cut short, 3", [0xe2, 0x82]), ("cut short, 4", [0xf0, 0x9f, 0x98]),
        ("ASCII inside a character", [0xe2, 0x41, 0x82]),
        ("lead inside a character", [0xe2, 0x82, 0xc3, 0xa9]),
        ("Latin-1", [0x63, 0x61, 0x66, 0xe9]),
        ("Autobahn 6.3.1", [0xce, 0xba, 0xe1, 0xbd, 0xb9, 0xcf, 0x83, 0xed, 0xa0, 0x80, 0x65, 0x64]),
    ]

    @Test("Well-known bad sequences, alone and behind ASCII of every length", arguments: Self.bad)
    func badSequence(name: String, bytes: [UInt8]) {
        for lead in 0...17 {
            let text = [UInt8](repeating: 0x61, count: lead) + bytes
            #expect(!Self.isValid(text), "after \(lead)")
            #expect(Self.disagreement(text) == nil)
            #expect(Self.disagreement(text + Array("tail of more than eight".utf8)) == nil)
        }
    }

    @Test(
        "Good texts",
        arguments: [
            "", "a", "Hello, world: ASCII only, longer than sixteen bytes", "\u{7f}\u{80}\u{7ff}\u{800}",
            "\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{10ffff}", "\u{0}", "\u{feff}mark",
            "Gr\u{fc}\u{df}e, \u{4e16}\u{754c}",
            "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} family",
            "a\u{e9}\u{20ac}\u{1f600} twice a\u{e9}\u{20ac}",
        ])
    func goodText(text: String) {
        #expect(Self.isValid(Array(text.utf8)))
        #expect(Self.disagreement(Array(text.utf8)) == nil)
    }

    @Test("Every scalar in one text")
    func everyScalar() {
        var bytes: [UInt8] = []
        for value in UInt32(0)...0x10ffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        #expect(bytes.count == 128 + 1920 * 2 + (65536 - 2048 - 2048) * 3 + 1_048_576 * 4)
        #expect(Self.isValid(bytes))
    }

    @Test("Every pair of bytes, and every lead and second byte with the ends of the ranges behind")
    func everyStart() {
        var wrong: [[UInt8]] = []
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                for tail: [UInt8] in [[], [0x80], [0xbf], [0x7f], [0xc0], [0x80, 0xbf], [0x80, 0xc0]] {
                    let bytes = [first, second] + tail
                    if UTF8Validator.isValid(bytes.span) != Self.swiftTakes(bytes) { wrong.append(bytes) }
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count), first \(wrong.first ?? [])")
    }

    @Test("Random bytes, random texts, and texts with one byte changed", arguments: UInt64(0)..<32)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array(
            "ab\u{e9}\u{7ff}\u{800}\u{20ac}\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{1f600}\u{10ffff}")
        for round in 0..<40 {
            let length = Int.random(in: 0...24, using: &generator)
            var bytes = generator.bytes(length)
            if round % 4 != 0 {
                let text = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" }
                bytes = Array(String(text).utf8)
            }
            if round % 4 >= 2, let index = bytes.indices.randomElement(using: &generator) {
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let problem = Self.disagreement(bytes) else { continue }
            Issue.record("seed \(seed), \(problem)")
            return
        }
    }

    @Test("Invalid stays invalid until the reset, even for nothing and for ASCII")
    func staysInvalid() {
        var validator = UTF8Validator()
        #expect(Self.feed(&validator, [[0x61], [0x61, 0xff], [0x61], []]) == [true, false, false, false])
        #expect(!validator.isComplete)
        validator.reset()
        #expect(validator.isComplete)
        #expect(Self.feed(&validator, [[0x61]]) == [true])
        #expect(validator.isComplete)
    }

    @Test("A reset forgets the open character")
    func resetForgets() {
        var validator = UTF8Validator()
        #expect(Self.feed(&validator, [[0xe0]]) == [true])
        #expect(!validator.isComplete)
        validator.reset()
        #expect(Self.feed(&validator, [[0xc2, 0x80]]) == [true])
        #expect(validator.isComplete)
    }

    /// The answer to each piece.
    static func feed(_ validator: inout UTF8Validator, _ pieces: [[UInt8]]) -> [Bool] {
        var answers: [Bool] = []
        for piece in pieces { answers.append(validator.feed(piece.span)) }
        return answers
    }

    static func isValid(_ bytes: [UInt8]) -> Bool {
        UTF8Validator.isValid(bytes.span)
    }
}
