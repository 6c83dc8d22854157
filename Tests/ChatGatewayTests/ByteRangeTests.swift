internal import Testing

@testable internal import ChatGateway

@Suite("Ranges of files")
struct ByteRangeTests {
    @Test(
        "What a header asks for",
        arguments: [
            (nil, ByteRange.everything), ("bytes=0-0", .part(0..<1)), ("bytes=2-5", .part(2..<6)),
            ("bytes=2-", .part(2..<10)), ("bytes=-3", .part(7..<10)), ("bytes=-30", .part(0..<10)),
            ("bytes=9-99", .part(9..<10)), ("bytes=10-", .unsatisfiable), ("bytes=10-20", .unsatisfiable),
            ("bytes=-0", .unsatisfiable), ("bytes=5-2", .everything), ("bytes=-", .everything),
            ("bytes=0-1,3-4", .everything), ("lines=0-1", .everything), ("bytes=a-b", .everything),
            ("bytes=--3", .everything), ("bytes=99999999999999999999-", .everything),
            ("bytes=0-999999999999999", .part(0..<10)),
        ] as [(String?, ByteRange)])
    func ranges(header: String?, expected: ByteRange) {
        #expect(ByteRange(header, count: 10) == expected)
    }

    @Test("Of nothing there is no part")
    func empty() {
        #expect(ByteRange("bytes=0-", count: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-1", count: 0) == .unsatisfiable)
        #expect(ByteRange(nil, count: 0) == .everything)
    }
}
