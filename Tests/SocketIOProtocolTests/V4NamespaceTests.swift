internal import SocketIOProtocol
internal import Testing

/// What protocol revision 4 has instead of a CONNECT payload, and its two packets of its own.
struct V4NamespaceTests {
    static let rows: [(String, String, String)] = [
        ("/n", "/n", "{}"), ("/n?", "/n", "{}"), ("/n?a=1", "/n", #"{"a":"1"}"#),
        ("?a=1", "/", #"{"a":"1"}"#),
        ("", "/", "{}"), ("/n?a=1?b=2", "/n", #"{"a":"1?b=2"}"#), ("/n?a", "/n", #"{"a":""}"#),
        ("/n?=1", "/n", #"{"":"1"}"#), ("/n?&&a=1&", "/n", #"{"a":"1"}"#),
        ("/n?a=b=c", "/n", #"{"a":"b=c"}"#),
        ("/n?a+b=c+d", "/n", #"{"a b":"c d"}"#), ("/n?a=%22%5C%0A", "/n", #"{"a":"\"\\\n"}"#),
        ("/n?a=%C3%A9%e2%82%AC", "/n", #"{"a":"é€"}"#),
        ("/n?a=%&b=%4&c=%G1&d=%1g", "/n", #"{"a":"%","b":"%4","c":"%G1","d":"%1g"}"#),
        ("/n?a=1&b=2&a=3&a=4", "/n", #"{"a":["1","3","4"],"b":"2"}"#),
        ("/n?a=%FF", "/n", "{\"a\":\"\u{FFFD}\"}"),
        ("/n?__proto__=x", "/n", #"{"__proto__":"x"}"#),
    ]

    @Test(arguments: rows)
    func namespace(text: String, name: String, auth: String) throws {
        let namespace = try V4Namespace(Array(text.utf8), limits: ParserLimits())
        #expect(namespace.name == name)
        #expect(String(decoding: namespace.authJSON, as: UTF8.self) == auth)
    }

    @Test func length() throws {
        let limits = ParserLimits(maxNamespaceLength: 3)
        #expect(try V4Namespace(Array("/ab?x=123456789".utf8), limits: limits).name == "/ab")
        #expect(throws: SocketIOViolation.namespaceTooLong) {
            try V4Namespace(Array("/abc?x=1".utf8), limits: limits)
        }
        #expect(limits.revision4.maxNamespaceLength == 3 + 8_192)
        #expect(
            ParserLimits(maxNamespaceLength: .max, maxNamespaceQueryLength: 1).revision4.maxNamespaceLength
                == .max)
    }

    @Test func lastValueCounts() {
        #expect(QueryString(Array("a=1&b=2&a=3".utf8)).values == ["a": "3", "b": "2"])
        #expect(QueryString([UInt8]()).values.isEmpty)
    }

    @Test("any bytes make an object that the scanner reads", arguments: SeededGenerator.seeds)
    func anyBytes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let likely = Array("%&=+aé\"\\0fF".utf8)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random) : likely.randomElement(using: &random) ?? 0
            }
            let packet = Array("0".utf8) + QueryString(bytes).json
            #expect(try PacketDecoder().decode(packet.span).payload == 1..<packet.count)
        }
    }

    @Test func packets() {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        #expect(text(PacketEncoder.connectV4()) == "40")
        #expect(text(PacketEncoder.connectV4(namespace: "/n")) == "40/n,")
        #expect(text(PacketEncoder.connectV4(namespace: "/n", engineType: false)) == "0/n,")
        #expect(text(PacketEncoder.connectErrorV4(message: "a\"b")) == #"44"a\"b""#)
        #expect(
            text(PacketEncoder.connectErrorV4(namespace: "/n", message: "m", dataJSON: Array("[1]".utf8)))
                == "44/n,[1]")
        #expect(text(PacketEncoder.connectErrorV4(message: "m", dataJSON: Array("null".utf8))) == #"44"m""#)
    }
}
