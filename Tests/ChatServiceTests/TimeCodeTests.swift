import ChatDomain
import Testing

@testable import ChatService

@Suite("Codes of authenticators")
struct TimeCodeTests {
    /// RFC 6238, appendix B: the rows of SHA-1, with its eight digits.
    @Test(
        "The vectors of RFC 6238",
        arguments: [
            (59 as Int64, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ])
    func vectors(seconds: Int64, code: String) {
        let secret = Array("12345678901234567890".utf8)
        let step = TimeCode.step(at: Timestamp(milliseconds: seconds * 1_000))
        #expect(TimeCode.code(secret: secret, step: step, digits: 8) == code)
        #expect(TimeCode.code(secret: secret, step: step) == String(code.suffix(6)))
    }

    /// RFC 4226, appendix D: the counters 0 to 9.
    @Test("The vectors of RFC 4226")
    func counters() {
        let secret = Array("12345678901234567890".utf8)
        let expected = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ]
        #expect((0..<10).map { TimeCode.code(secret: secret, step: $0) } == expected)
    }

    /// RFC 4648, section 10, without the padding.
    @Test(
        "The vectors of RFC 4648",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
        ])
    func base32(text: String, encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded)
    }

    @Test("A code works one step early and late, and never again at or before the newest used step")
    func window() {
        let secret = Array("12345678901234567890".utf8)
        let now = Timestamp(milliseconds: 3_000_000)
        let present = TimeCode.step(at: now)
        for offset in Int64(-3)...3 {
            let code = TimeCode.code(secret: secret, step: present + offset)
            let near = (-1...1).contains(offset)
            #expect(
                TimeCode.match(code, secret: secret, after: 0, at: now) == (near ? present + offset : nil))
            #expect(TimeCode.match(code, secret: secret, after: present + offset, at: now) == nil)
        }
        #expect(TimeCode.match("", secret: secret, after: 0, at: now) == nil)
    }
}
