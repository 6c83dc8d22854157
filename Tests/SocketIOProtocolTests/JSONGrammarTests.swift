internal import SocketIOProtocol
internal import Testing

/// The grammar of RFC 8259, production by production.
@Suite struct JSONGrammarTests {
    static let values = [
        "null", "true", "false", "[]", "{}", "[ ]", "{ }", " [1 , 2]\r\n", "\t{\"a\" : 1 , \"b\":[]}", #""""#,
        #"{"":0}"#, #"{"a":1,"a":2}"#, "[[],{},[{}]]", #"{"a":{"b":{"c":[]}}}"#,
    ]
    static let numbers = [
        "0", "-0", "1", "10", "-10", "1234567890", "0.0", "-0.5", "1.25", "1e1", "1E1", "1e+1", "1e-1", "0e0",
        "1.5E+300", "1e999999", "123456789012345678901234567890",
    ]
    static let strings = [
        #""a""#, #""\"\\\/\b\f\n\r\t""#, #""\u0000\uFFFF\uabCD""#, #""\ud83d\ude00""#, #""\ud800""#,
        #""\udc00\ud800""#,
        "\"é日😀\"", "\"\u{7F}\u{80}\u{2028}\"", #""[{,:}]""#, #""\\""#,
    ]
    static let brokenValues = [
        "", " ", "nul", "nulll", "Null", "tru", "truee", "fals", "undefined", "NaN", "Infinity", "-Infinity",
        "[", "]",
        "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{]", "{1:2}", "{a:1}", "{'a':1}", #"{"a"}"#,
        #"{"a":}"#,
        #"{"a":1,}"#, #"{,"a":1}"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{"a":1]"#, #"{"a"::1}"#, #"{"a"=1}"#,
        #"{"a";1}"#, #"{"a",1}"#, #"{null:1}"#,
        "[]]",
        "[][]", "1 2", "//x\n1", "/**/1", "\u{FEFF}1", "\u{A0}1", "\u{0B}1", "[1,,2]", ":", ",", #"{"a":1"#,
        #"{"a""#,
        #"{"a":"#,
    ]
    static let brokenNumbers = [
        "-", "+1", "01", "-01", "00", "1.", ".5", "-.5", "1.e1", "1e", "1e+", "1e-", "1E", "0x10", "1_000",
        "1.2.3",
        "1e1.5", "--1", "1-", "٣",
    ]
    static let brokenStrings = [
        "\"", #""a"#, #""\""#, #""\x41""#, #""\a""#, #""\u""#, #""\u1""#, #""\u123""#, #""\u123g""#,
        #""\uG000""#, #""\u00@0""#, #""\u00`0""#, #""\u/000""#, #""\u000:""#,
        #""\u 123""#,
        #""\U0041""#, "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"", "'a'", #""a"b""#, #""\u+123""#, "\"\\",
        "\"\\u12",
    ]

    @Test(arguments: Self.values + Self.numbers + Self.strings)
    func `JSON is taken`(text: String) {
        #expect(isJSON(Array(text.utf8)))
        #expect(JSONOracle.tree(text) != nil)
    }

    @Test(arguments: Self.brokenValues + Self.brokenNumbers + Self.brokenStrings)
    func `what is no JSON is refused, alone and inside a packet`(text: String) {
        #expect(!isJSON(Array(text.utf8)))
        #expect(JSONOracle.tree(text) == nil)
        #expect(!isJSON(Array("{\"k\":\(text)}".utf8)))
    }

    @Test(arguments: [(63, true), (64, true), (65, false)], ["[]", "{}"])
    func `depth is counted exactly`(depth: (Int, Bool), kind: String) {
        let open = kind == "[]" ? "[" : #"{"a":"#
        let close = kind == "[]" ? "]" : "}"
        let text = String(repeating: open, count: depth.0) + "0" + String(repeating: close, count: depth.0)
        #expect(isJSON(Array(text.utf8)) == depth.1)
    }

    @Test func `containers of both kinds close in their own order at every depth`() {
        for depth in 1...512 {
            var generator = SeededGenerator(seed: UInt64(depth))
            let kinds = (0..<depth).map { _ in Bool.random(using: &generator) }
            let open = kinds.map { $0 ? #"{"a":"# : "[" }.joined()
            let close = kinds.reversed().map { $0 ? "}" : "]" }.joined()
            #expect(isJSON(Array((open + "0" + close).utf8), maxDepth: 512), "depth \(depth)")
            let wrong = kinds.reversed().map { $0 ? "]" : "}" }.joined()
            #expect(
                !isJSON(Array((open + "0" + wrong).utf8), maxDepth: 512), "depth \(depth)")
        }
    }

    @Test func `no limit goes deeper than the scanner can count`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: depth)
                + Array(repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(ParserLimits.deepestJSON == 512)
        #expect(isJSON(nested(512), maxDepth: .max))
        #expect(!isJSON(nested(513), maxDepth: .max))
        #expect(!isJSON(nested(1), maxDepth: 0))
        #expect(!isJSON(nested(1), maxDepth: -1))
        #expect(isJSON(Array("1".utf8), maxDepth: 0))
    }

    @Test(arguments: ["[", #"{"a":"#, "[{\"\":"])
    func `nesting without end is refused after the limit, not after the message`(open: String) {
        let bytes = Array(String(repeating: open, count: 100_000).utf8)
        let elapsed = ContinuousClock().measure {
            for _ in 0..<100 { #expect(!isJSON(bytes)) }
        }
        // A hundred refusals of a message that takes the scanner milliseconds to read whole.
        #expect(elapsed < .milliseconds(500))
    }

    @Test(arguments: 0...24)
    func `every byte is seen wherever in a string it stands`(length: Int) {
        for position in 0..<length {
            for byte in UInt8.min...0x7F {
                var inside = Array(repeating: UInt8(ascii: "x"), count: length)
                inside[position] = byte
                let quote = [UInt8(ascii: "\"")]
                let text = quote + inside + quote
                let isLegal = JSONOracle.tree(String(decoding: text, as: UTF8.self)) != nil
                #expect(isJSON(text) == isLegal, "byte \(byte) at \(position) of \(length)")
            }
        }
    }

    @Test func `a string of a megabyte is one token`() throws {
        let packet =
            Array("2[\"big\",\"".utf8) + Array(repeating: UInt8(ascii: "x"), count: 1_000_000)
            + Array("\"]".utf8)
        let view = try PacketDecoder().decode(packet.span)
        #expect(view.arguments.count == 1_000_002)
        #expect(unescape(packet, token: view.arguments)?.utf8.count == 1_000_000)
        #expect(throws: SocketIOViolation.malformedJSON) {
            try PacketDecoder().decode(packet.span.extracting(0..<(packet.count - 2)))
        }
    }
}
