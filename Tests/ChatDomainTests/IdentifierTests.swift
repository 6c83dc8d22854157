import ChatDomain
import Testing

@Suite("Ids and their text forms")
struct IdentifierTests {
    @Test(
        "A public id is its prefix and 26 characters of lower-case base32",
        arguments: [
            (UInt128(0), "usr_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
            (UInt128.max, "usr_7777777777777777777777777" + "4"),
            (UInt128(1), "usr_aaaaaaaaaaaaaaaaaaaaaaaaa" + "e"),
            (UInt128(1) << 127, "usr_qaaaaaaaaaaaaaaaaaaaaaaaaa"),
            // "hello world 1234" by any RFC 4648 encoder.
            (UInt128(0x6865_6C6C_6F20_776F_726C_6420_3132_3334), "usr_nbswy3dpeb3w64tmmqqdcmrtgq"),
        ])
    func textForm(bits: UInt128, text: String) {
        #expect(UserID(bits: bits).description == text)
        #expect(UserID(text) == UserID(bits: bits))
    }

    @Test("Ids survive the way through their text")
    func roundTrip() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let bits = UInt128.random(in: 0 ... .max, using: &generator)
            #expect(UserID(UserID(bits: bits).description)?.bits == bits)
            #expect(ConversationID(ConversationID(bits: bits).description)?.bits == bits)
            #expect(SessionID(SessionID(bits: bits).description)?.bits == bits)
            #expect(InviteCode(InviteCode(bits: bits).text)?.text == InviteCode(bits: bits).text)
        }
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "usr_", "usr", "cnv_aaaaaaaaaaaaaaaaaaaaaaaaaa", "usr_aaaaaaaaaaaaaaaaaaaaaaaaa",
            "usr_aaaaaaaaaaaaaaaaaaaaaaaaaaa", "USR_aaaaaaaaaaaaaaaaaaaaaaaaaa",
            "usr_Aaaaaaaaaaaaaaaaaaaaaaaaaa",
            "usr_1aaaaaaaaaaaaaaaaaaaaaaaaa", "usr_8aaaaaaaaaaaaaaaaaaaaaaaaa",
            " usr_aaaaaaaaaaaaaaaaaaaaaaaaaa",
            "usr_aaaaaaaaaaaaaaaaaaaaaaaaaa ", "usr_aaaaaaaaaaaaaaaaaaaaaaaaa\u{0}",
            "usr_äaaaaaaaaaaaaaaaaaaaaaaaaa",
            // Spare bits of the last character set: another text of the same bits.
            "usr_aaaaaaaaaaaaaaaaaaaaaaaaab", "usr_7777777777777777777777777" + "7",
        ])
    func refused(text: String) {
        #expect(UserID(text) == nil)
    }

    @Test("One kind of id is not another")
    func prefixes() {
        let user = UserID(bits: 7).description
        #expect(ConversationID(user) == nil)
        #expect(SessionID(user) == nil)
        #expect(InviteCode(user) == nil)
    }

    @Test(
        "A cid is a UUID of 36 characters, in either case",
        arguments: [
            ("00000000-0000-0000-0000-000000000000", UInt128(0)),
            ("ffffffff-ffff-ffff-ffff-ffffffffffff", UInt128.max),
            ("01234567-89ab-cdef-0123-456789abcdef", UInt128(0x0123_4567_89AB_CDEF_0123_4567_89AB_CDEF)),
            ("01234567-89AB-CDEF-0123-456789ABCDEF", UInt128(0x0123_4567_89AB_CDEF_0123_4567_89AB_CDEF)),
        ])
    func clientMessageID(text: String, bits: UInt128) throws {
        let id = try ClientMessageID(text)
        #expect(id.bits == bits)
        #expect(id == ClientMessageID(bits: bits))
        #expect(id.description == text.lowercased())
    }

    @Test(
        "No other form of a cid is taken",
        arguments: [
            "", "0", "0123456789abcdef0123456789abcdef", "{01234567-89ab-cdef-0123-456789abcdef}",
            "01234567-89ab-cdef-0123-456789abcde", "01234567-89ab-cdef-0123-456789abcdef0",
            "01234567-89ab-cdef-0123456-789abcdef", "0123456789-ab-cdef-0123-456789abcdef",
            "g1234567-89ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcde\u{0}",
            "01234567_89ab_cdef_0123_456789abcdef", " 1234567-89ab-cdef-0123-456789abcdef",
            String(repeating: "0", count: 100_000),
        ])
    func refusedClientMessageID(text: String) {
        #expect(throws: InvalidValue(.cid, .malformed)) { try ClientMessageID(text) }
    }

    @Test("A session token is 64 hexadecimal characters and never prints itself")
    func sessionToken() throws {
        let bytes = (0..<32).map { UInt8($0 * 8 + 7) }
        let token = try #require(SessionToken(bytes: bytes))
        #expect(token.text == "070f171f272f373f474f575f676f777f878f979fa7afb7bfc7cfd7dfe7eff7ff")
        #expect(SessionToken(token.text)?.bytes == bytes)
        #expect(!"\(token) \(String(reflecting: token))".contains("070f"))
        #expect(!"\(InviteCode(bits: 7))".contains(InviteCode(bits: 7).text))
    }

    @Test(
        "Other texts are no session tokens",
        arguments: [
            "", "07", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
            String(repeating: "0", count: 66), String(repeating: "A", count: 64),
            String(repeating: "g", count: 64),
            String(repeating: "0", count: 63) + " ",
        ])
    func refusedSessionToken(text: String) {
        #expect(SessionToken(text) == nil)
    }

    @Test("Only 32 bytes make a session token", arguments: [0, 1, 31, 33, 64])
    func tokenLength(count: Int) {
        #expect(SessionToken(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }
}
