internal import SocketIOProtocol
internal import Testing

/// Walking a list of arguments.
@Suite struct JSONElementsTests {
    @Test(
        arguments: [
            ("", []), ("1", ["1"]), ("1,2", ["1", "2"]), (" 1 ,\t2\n", ["1", "2"]),
            ("[1,2],3", ["[1,2]", "3"]),
            (#"{"a":1,"b":[2,3]},[],"x""#, [#"{"a":1,"b":[2,3]}"#, "[]", #""x""#]),
            (#""a,b","c]d","e\",f""#, [#""a,b""#, #""c]d""#, #""e\",f""#]),
            (#""\\","x""#, [#""\\""#, #""x""#]), (#"{"k,{":"v}"},null"#, [#"{"k,{":"v}"}"#, "null"]),
        ] as [(String, [String])])
    func `each element is found, without the whitespace around it`(list: String, expected: [String]) {
        let bytes = Array(list.utf8)
        #expect(elements(of: bytes, in: 0..<bytes.count) == expected)
        let padded = [UInt8(ascii: ",")] + bytes + Array(",9".utf8)
        #expect(elements(of: padded, in: 1..<(bytes.count + 1)) == expected)
    }

    @Test(arguments: SeededGenerator.seeds)
    func `any bytes and any range end, with ranges inside the list`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array(#"[]{},"\ 1a"#.utf8)
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            let lower = Int.random(in: -3...24, using: &generator)
            let range = lower..<Int.random(in: lower...(lower + 24), using: &generator)
            var walk = JSONElements(range)
            var count = 0
            while let element = walk.next(in: bytes.span) {
                #expect(element.lowerBound >= max(0, range.lowerBound), "seed \(seed)")
                #expect(element.upperBound <= min(bytes.count, range.upperBound), "seed \(seed)")
                count += 1
            }
            #expect(count <= bytes.count + 1, "seed \(seed)")
            #expect(walk.next(in: bytes.span) == nil, "seed \(seed)")
        }
    }
}
