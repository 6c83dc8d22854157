internal import Testing

@testable internal import EngineIOProtocol

@Suite("What a violation says of itself")
struct EngineViolationTests {
    @Test(
        "Words without anything of the peer's; the session ends with a parse error",
        arguments: [
            (EngineViolation.emptyPacket, "empty packet"), (.unknownPacketType, "unknown packet type"),
            (.invalidBase64, "invalid base64"), (.tooManyPackets, "too many packets in one payload"),
            (.malformedLength, "malformed length"), (.invalidUTF8, "invalid UTF-8"),
        ])
    func reason(violation: EngineViolation, words: String) {
        #expect(violation.reason == words)
        #expect(violation.closeReason == .parseError)
    }
}
