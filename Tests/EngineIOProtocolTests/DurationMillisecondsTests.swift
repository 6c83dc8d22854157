internal import Testing

@testable internal import EngineIOProtocol

@Suite("Durations in whole milliseconds")
struct DurationMillisecondsTests {
    @Test("What is shorter than a millisecond is cut off")
    func whole() {
        #expect(Duration.microseconds(1_999).milliseconds == 1)
        #expect(Duration.microseconds(-1_999).milliseconds == -1)
        #expect((Duration.seconds(25) + .milliseconds(7)).milliseconds == 25_007)
    }

    @Test("What cannot be counted is the longest there is")
    func tooLong() {
        #expect(Duration.seconds(Int64.max).milliseconds == .max)
        #expect(Duration.seconds(Int64.min).milliseconds == .min)
        // The seconds fit just so, what is left of them does not.
        #expect((Duration.seconds(Int64.max / 1_000) + .milliseconds(900)).milliseconds == .max)
        #expect((Duration.seconds(Int64.max / 1_000) + .milliseconds(807)).milliseconds == .max)
        #expect((Duration.seconds(Int64.max / 1_000) + .milliseconds(806)).milliseconds == .max - 1)
    }
}
