internal import Testing

@testable internal import SocketIOProtocol

/// Dates as `Date.prototype.toISOString` writes them.
@Suite("Dates in JSON")
struct ISODateTests {
    @Test(
        "from the first that JavaScript knows to the last",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
            (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"),
            (1_795_730_096_007, "2026-11-26T21:54:56.007Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (-62_167_219_200_001, "-000001-12-31T23:59:59.999Z"),
            (8_640_000_000_000_000, "+275760-09-13T00:00:00.000Z"),
            (-8_640_000_000_000_000, "-271821-04-20T00:00:00.000Z"),
        ] as [(Int64, String)])
    func dates(milliseconds: Int64, text: String) {
        #expect(ISODate.text(milliseconds) == text)
    }

    @Test(arguments: [8_640_000_000_000_001, -8_640_000_000_000_001, Int64.max, .min])
    func `there is none beyond`(milliseconds: Int64) {
        #expect(ISODate.text(milliseconds) == nil)
    }
}
