internal import Testing
internal import WebSocketProtocol

@Suite struct MaskingTests {
    /// RFC 6455 section 5.3, byte by byte.
    static func masked(_ bytes: [UInt8], keyBytes: [UInt8], offset: Int) -> [UInt8] {
        bytes.enumerated().map { $1 ^ keyBytes[(offset + $0) % 4] }
    }

    @Test("RFC 6455 section 5.7: Hello")
    func hello() {
        var bytes: [UInt8] = [0x7f, 0x9f, 0x4d, 0x51, 0x58]
        var span = bytes.mutableSpan
        Masking.apply(key: 0x3d21_fa37, offset: 0, to: &span)
        #expect(bytes == Array("Hello".utf8))
    }

    @Test("Every offset and length 0...70 at every alignment, and not a byte beyond", arguments: 0...70)
    func everyOffsetAndLength(offset: Int) {
        let keyBytes: [UInt8] = [0x01, 0x7f, 0x80, 0xfe]
        let key: UInt32 = 0xfe80_7f01
        let plain = (0..<96).map { UInt8($0 * 37 & 0xff) }
        var wrong: [String] = []
        for length in 0...70 {
            for start in 0..<8 {
                let part = start..<start + length
                var expected = plain
                expected.replaceSubrange(
                    part, with: Self.masked(Array(plain[part]), keyBytes: keyBytes, offset: offset))
                var raw = plain
                raw.withUnsafeMutableBytes {
                    Masking.apply(
                        key: key, offset: offset, to: UnsafeMutableRawBufferPointer(rebasing: $0[part]))
                }
                var slice = plain[part]
                var span = slice.mutableSpan
                Masking.apply(key: key, offset: offset, to: &span)
                if raw != expected { wrong.append("raw, length \(length), start \(start)") }
                if slice != expected[part] { wrong.append("span, length \(length), start \(start)") }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count), first: \(wrong.first ?? "")")
    }

    @Test("A payload unmasked in random pieces is the payload", arguments: UInt64(0)..<16)
    func pieces(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let plain = generator.bytes(500)
        let keyBytes = generator.bytes(4)
        let key = keyBytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        var bytes = Self.masked(plain, keyBytes: keyBytes, offset: 0)
        var start = 0
        while start < bytes.count {
            let end = min(start + Int.random(in: 0...40, using: &generator), bytes.count)
            bytes.withUnsafeMutableBytes {
                Masking.apply(
                    key: key, offset: start, to: UnsafeMutableRawBufferPointer(rebasing: $0[start..<end]))
            }
            start = end
        }
        #expect(bytes == plain, "seed \(seed)")
    }

    @Test("Offsets up to Int.max do not trap", arguments: [Int.max, Int.max - 1, Int.max - 2, Int.max - 3])
    func hugeOffset(offset: Int) {
        var bytes: [UInt8] = [0, 0, 0, 0, 0]
        var span = bytes.mutableSpan
        Masking.apply(key: 0x0403_0201, offset: offset, to: &span)
        let first = UInt8(offset % 4)
        #expect(bytes == (0..<5).map { (first + $0) % 4 + 1 })
    }
}
