internal import Testing
internal import WebSocketProtocol

/// The length that a refused frame tells, whatever is wrong with it.
struct AnnouncedLengthTests {
    @Test(
        arguments: [
            ([], nil), ([0x82], nil), ([0x82, 0x05], 5), ([0x82, 0x85], 5), ([0x82, 0xFD], 125),
            ([0x82, 0xFE, 0x03, 0xE9], 1_001), ([0x82, 0xFE, 0x03], 0x300), ([0x82, 0xFE], 0),
            ([0x82, 0xFF, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x41, 9], 1_000_001),
            ([0x82, 0xFF, 0, 0, 0, 1], 1 << 32),
            ([0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Int.max),
            ([0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0], nil),
        ] as [([UInt8], Int?)])
    func lengths(_ bytes: [UInt8], _ length: Int?) {
        #expect(FrameDecoder.announcedLength(bytes.span) == length)
    }
}
