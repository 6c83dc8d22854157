import ChatDomain
import Testing

@Suite("Places and moments")
struct NumberTests {
    @Test(
        "A place comes from numbers in range only",
        arguments: [
            (Int64(0), UInt32(0) as UInt32?), (1, 1), (4_294_967_295, .max), (4_294_967_296, nil), (-1, nil),
            (.max, nil), (.min, nil),
        ])
    func exactly(number: Int64, expected: UInt32?) {
        #expect(MessageSeq(exactly: number)?.rawValue == expected)
    }

    @Test("Neighbours stop at the ends")
    func neighbours() {
        #expect(MessageSeq.zero.previous == .zero)
        #expect(MessageSeq.zero.next == MessageSeq(1))
        #expect(MessageSeq.max.next == .max)
        #expect(MessageSeq.max.previous < .max)
        #expect("\(MessageSeq(12))" == "12")
    }

    @Test(
        "Moments stop at the ends of their range",
        arguments: [
            (Int64(5), Int64(7), Int64(12)), (5, -7, -2), (.max, 1, .max), (.min, -1, .min),
            (.max, -1, .max - 1),
        ])
    func advanced(start: Int64, by: Int64, expected: Int64) {
        let moment = Timestamp(milliseconds: start)
        let other = moment.advanced(byMilliseconds: by)
        #expect(other.milliseconds == expected)
        #expect("\(other)" == "\(expected)")
        #expect((moment < other) == (expected > start) && !(moment < moment))
    }

    @Test(
        "So do the times between them",
        arguments: [
            (Int64(12), Int64(5), Int64(7)), (5, 12, -7), (.max, .min, .max), (.min, .max, .min),
        ])
    func since(late: Int64, early: Int64, expected: Int64) {
        #expect(
            Timestamp(milliseconds: late).milliseconds(since: Timestamp(milliseconds: early)) == expected)
    }
}
