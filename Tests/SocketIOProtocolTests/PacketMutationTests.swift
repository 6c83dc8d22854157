internal import SocketIOProtocol
internal import Testing

/// Damaged packets: never a trap, and always the same answer as the oracle's.
@Suite struct PacketMutationTests {
    static let packets = [
        #"0/admin,{"token":"a\n\u00e9"}"#, "1/a,", #"2/ns,12["a b",{"c":[1,-2.5e3,null]},"é"]"#,
        #"2[-12,true,false]"#,
        #"312[]"#, #"3/a,0[[],{}, "x"]"#, #"4/mw,{"message":"no","data":{"content":"x"}}"#,
        #"52-/b,7["x",{"_placeholder":true,"num":0},{"num":1,"_placeholder":true}]"#,
        #"61-3[{"_placeholder":true,"num":0}]"#, #"50-["z"]"#,
    ]

    /// Compares decoder and oracle. Bytes that are not UTF-8 never come from a transport: they must only not
    /// trap.
    ///
    /// - Returns: Whether the packet is legal.
    @discardableResult
    private func compare(_ bytes: [UInt8], _ hint: @autoclosure () -> String) -> Bool {
        let view = try? PacketDecoder().decode(bytes.span)
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        let meaning = PacketOracle.meaning(text)
        // Apart from the next line, where a payload that only the decoder takes for JSON has no meaning
        // either.
        #expect((view != nil) == (meaning != nil), "\(hint()): \(text.debugDescription)")
        #expect(
            view.flatMap { PacketMeaning($0, in: bytes) } == meaning, "\(hint()): \(text.debugDescription)")
        if let view {
            #expect(view.payload.upperBound <= bytes.count)
            #expect(view.arguments.upperBound <= bytes.count)
        }
        return meaning != nil
    }

    @Test(arguments: Self.packets)
    func `cut off after every byte`(packet: String) {
        let bytes = Array(packet.utf8)
        for length in 0...bytes.count {
            self.compare(Array(bytes.prefix(length)), "length \(length)")
        }
        #expect(self.compare(bytes, "whole"))
    }

    @Test(arguments: Self.packets)
    func `every byte replaced by every other`(packet: String) {
        var bytes = Array(packet.utf8)
        for index in bytes.indices {
            let original = bytes[index]
            for byte in UInt8.min...UInt8.max {
                bytes[index] = byte
                self.compare(bytes, "byte \(index) = \(byte)")
            }
            bytes[index] = original
        }
    }

    @Test(arguments: Self.packets)
    func `every byte removed, doubled, or preceded by a special one`(packet: String) {
        let bytes = Array(packet.utf8)
        for index in bytes.indices {
            var damaged = bytes
            damaged.remove(at: index)
            self.compare(damaged, "without \(index)")
            for extra in Array("\"\\[]{},:-/0 u\u{0}".utf8) + [bytes[index]] {
                damaged = bytes
                damaged.insert(extra, at: index)
                self.compare(damaged, "\(extra) before \(index)")
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds)
    func `random damage in several places`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "\"", "\\", "[", "]", "{", "}", ",", ":", "-", "/", "0", "1", "e", ".", " ", "\\u0061", "\\ud83d",
            "true",
            "null", "\"_placeholder\"", "\"num\"", "é", "\n",
        ].map { Array($0.utf8) }
        for round in 0..<3000 {
            var bytes = Array((Self.packets.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let lower = Int.random(in: 0...bytes.count, using: &generator)
                let upper = min(bytes.count, lower + Int.random(in: 0...2, using: &generator))
                bytes.replaceSubrange(lower..<upper, with: pieces.randomElement(using: &generator) ?? [])
            }
            self.compare(bytes, "seed \(seed), round \(round)")
        }
    }

    @Test(arguments: SeededGenerator.seeds)
    func `random text out of the grammar's own tokens`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "[", "]", "{", "}", ",", ":", "\"a\"", "\"_placeholder\":true", "\"num\":0", "1", "null",
            "{\"b\":", " ",
        ]
        var legal = 0
        for round in 0..<5000 {
            let count = Int.random(in: 0...9, using: &generator)
            let tail = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let head =
                ["2[\"x\",", "51-[\"x\",", "0{", "31[", "61-1["].randomElement(using: &generator) ?? "2"
            let close = head == "0{" ? "}" : "]"
            for text in [head + tail, head + tail + close] {
                legal += self.compare(Array(text.utf8), "seed \(seed), round \(round)") ? 1 : 0
            }
        }
        #expect(legal > 100, "seed \(seed)")
    }

    @Test(arguments: SeededGenerator.seeds)
    func `random bytes never trap`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            self.compare(bytes, "seed \(seed)")
            _ = isJSON(bytes)
            _ = unescape(bytes)
        }
    }
}
