internal import EngineIOProtocol
internal import Testing

/// Payloads as scripts, and bodies as forms.
struct JSONPTests {
    static let scripts: [(String, String)] = [
        ("", #"___eio[3]("");"#), ("4hello", #"___eio[3]("4hello");"#),
        (#"4["a\b"]"#, #"___eio[3]("4[\"a\\b\"]");"#), ("4a\u{1E}4b", #"___eio[3]("4a\u001e4b");"#),
        ("\n\r\t\u{0}\u{7F}", #"___eio[3]("\n\r\t\u0000\u007f");"#),
        ("a\u{2028}b\u{2029}c", #"___eio[3]("a\u2028b\u2029c");"#),
        ("€\u{2027}", "___eio[3](\"€\u{2027}\");"),
        ("é😀</script>", #"___eio[3]("é😀</script>");"#),
    ]

    @Test(arguments: scripts)
    func script(payload: String, script: String) {
        #expect(String(decoding: JSONP.script(Array(payload.utf8), index: "3"), as: UTF8.self) == script)
    }

    @Test(
        "A payload that is cut in a character is passed on as it is",
        arguments: [[0xE2], [0xE2, 0x80]] as [[UInt8]])
    func cut(payload: [UInt8]) {
        #expect(
            JSONP.script(payload, index: "0") == Array("___eio[0](\"".utf8) + payload + Array("\");".utf8))
    }

    @Test(
        "What can be the number of a callback",
        arguments: [
            ("0", true), ("1234567890", true), ("", false), ("12345678901", false), ("-1", false),
            ("1.5", false),
            ("0](alert(1))//", false), ("٣", false), ("1 ", false),
        ])
    func index(text: String, isIndex: Bool) {
        #expect(JSONP.isIndex(text) == isIndex)
    }

    static let forms: [(String, String)] = [
        ("d=4hello", "4hello"), ("d=4a%1E4b", "4a\u{1E}4b"), ("d=4a+b%2Bc", "4a b+c"), ("x=1&d=4x&y=2", "4x"),
        ("d=", ""), ("d=4%C3%A9%f0%9F%98%80", "4é😀"), ("d=%", "%"), ("d=%4", "%4"), ("d=%zz%4z", "%zz%4z"),
        // A line's end is \n, a backslash before an n is doubled.
        (#"d=4a\nb"#, "4a\nb"), (#"d=4a\\nb"#, #"4a\nb"#), (#"d=4a\\\nb"#, #"4a\\nb"#),
        (#"d=4a\\b\"#, #"4a\\b\"#),
        ("d=4%5Cn%5C%5Cn", "4\n\\n"), (#"d=4\n\n\\n\n"#, "4\n\n\\n\n"), ("&&d=4&", "4"),
    ]

    @Test(arguments: forms)
    func form(body: String, payload: String) throws {
        #expect(String(decoding: try JSONP.payload(ofForm: Array(body.utf8).span), as: UTF8.self) == payload)
    }

    @Test(
        "A form without a field d, or with two, is no payload",
        arguments: ["", "x=1", "d", "dd=1", "d=1&d=2", "D=1"])
    func noPayload(body: String) {
        #expect(throws: EngineViolation.emptyPacket) { try JSONP.payload(ofForm: Array(body.utf8).span) }
    }
}
