internal import SocketIOCore
internal import Testing

@Suite("Offsets of recoverable packets")
struct RecoveryOffsetTests {
    @Test(
        "what is written is read",
        arguments: [
            (UInt32(0), UInt64(0), "0000000000000"),
            (1, 1, "0000100000001"),
            (0x3FFF_FFFF, RecoveryOffset.lastPosition, "_____________"),
            (63, 62, "0000_0000000-"),
            (64, 64, "0001000000010"),
        ])
    func roundTrip(tag: UInt32, position: UInt64, text: String) {
        let offset = RecoveryOffset(tag: tag, position: position)
        #expect(offset.description == text)
        #expect(offset.bytes.count == RecoveryOffset.length)
        #expect(RecoveryOffset(text) == offset)
    }

    @Test("bits that do not fit are dropped, nothing traps")
    func tooLarge() {
        #expect(RecoveryOffset(tag: .max, position: .max).description == "_____________")
    }

    @Test(
        "anything else is no offset",
        arguments: [
            "", "0", "000000000000", "00000000000000", "000010000000!", "000010000000 ", "00001000000\u{0}1",
            "00001000000é", "0000100000001\u{301}", String(repeating: "0", count: 100_000),
        ])
    func foreign(text: String) {
        #expect(RecoveryOffset(text) == nil)
    }

    @Test("every character of the alphabet is read as it is written")
    func alphabet() {
        for value in UInt64(0)..<64 {
            let offset = RecoveryOffset(tag: 7, position: value)
            #expect(RecoveryOffset(offset.description)?.position == value)
        }
    }

    @Test("a claim is judged by its form alone")
    func claims() {
        #expect(RecoveryClaim(pid: "", offset: nil) == nil)
        #expect(RecoveryClaim(pid: String(repeating: "a", count: 65), offset: nil) == nil)
        let longest = RecoveryClaim(pid: String(repeating: "a", count: 64), offset: nil)
        #expect(longest?.offset == RecoveryClaim.Offset.none)
        #expect(RecoveryClaim(pid: "a", offset: "tick")?.offset == .foreign)
        #expect(
            RecoveryClaim(pid: "a", offset: "0000100000001")?.offset
                == .at(RecoveryOffset(tag: 1, position: 1)))
    }
}
