import ChatService
import Testing

@Suite("How long writes take")
struct WriteDelaysTests {
    @Test("Buckets, the sum, and what only one in a hundred exceeds")
    func buckets() {
        var delays = WriteDelays()
        #expect(delays.slowest == nil)
        for milliseconds in 1...100 { delays.add(Int64(milliseconds) * 1_000_000) }
        #expect(delays.counts == [1, 1, 3, 5, 10, 30, 50, 0, 0, 0, 0])
        #expect(delays.sum == 5_050_000_000)
        #expect(delays.slowest == 99_000_000)
        delays.add(2_000_000_000)
        #expect(delays.counts.last == 1)
    }

    @Test("Only the last thousand count for it")
    func newest() {
        var delays = WriteDelays()
        for _ in 0..<500 { delays.add(1_000_000_000) }
        for _ in 0..<990 { delays.add(1) }
        #expect(delays.slowest == 1)
        for _ in 0..<11 { delays.add(5) }
        #expect(delays.slowest == 5)
    }

    @Test("One alone is the slowest")
    func one() {
        var delays = WriteDelays()
        delays.add(7)
        #expect(delays.slowest == 7 && delays.counts.first == 1)
    }
}
