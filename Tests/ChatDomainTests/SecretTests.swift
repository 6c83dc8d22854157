import ChatDomain
import Testing

@Suite("Ids and secrets of every kind")
struct SecretTests {
    private static let bits = UInt128(0x6865_6C6C_6F20_776F_726C_6420_3132_3334)
    private static let text = "nbswy3dpeb3w64tmmqqdcmrtgq"

    @Test("Each kind of id has its prefix, comes back from its text, and takes no other")
    func ids() throws {
        let prefixed: [(String, (String) -> String?)] = [
            ("usr_", { UserID($0)?.description }), ("cnv_", { ConversationID($0)?.description }),
            ("ses_", { SessionID($0)?.description }), ("fil_", { FileID($0)?.description }),
            ("inv_", { InviteID($0)?.description }), ("hok_", { HookID($0)?.description }),
        ]
        for (prefix, parse) in prefixed {
            #expect(parse(prefix + Self.text) == prefix + Self.text)
            #expect(parse(Self.text) == nil && parse(prefix) == nil)
            for (other, _) in prefixed where other != prefix { #expect(parse(other + Self.text) == nil) }
        }
        #expect(FileID(bits: Self.bits).description == "fil_" + Self.text)
        #expect(FileID("fil_" + Self.text)?.bits == Self.bits)
        #expect(InviteID(bits: Self.bits).description == "inv_" + Self.text)
        #expect(HookID(bits: Self.bits).description == "hok_" + Self.text)
        #expect(
            try ChangeID("01234567-89ab-cdef-0123-456789abcdef").description
                == "01234567-89ab-cdef-0123-456789abcdef")
        #expect(throws: InvalidValue(.mid, .malformed)) { try ChangeID("x") }
    }

    @Test("A reset code is its text in a link, and nothing in a log")
    func resetCode() {
        let code = ResetCode(bits: Self.bits)
        #expect(code.text == Self.text && ResetCode(Self.text)?.text == Self.text)
        #expect(!"\(code)".contains(Self.text))
        #expect(
            ResetCode(Self.text + "a") == nil && ResetCode("") == nil && ResetCode("rst_" + Self.text) == nil)
    }

    @Test("Secrets of bots and webhooks take 32 bytes, one form of text, and do not tell themselves")
    func secrets() throws {
        let bytes = [UInt8](repeating: 0xAB, count: 32)
        let digits = String(repeating: "ab", count: 32)
        let bot = try #require(BotToken(bytes: bytes))
        #expect(bot.text == "pbt_" + digits && BotToken(bot.text)?.text == bot.text)
        let hook = try #require(HookSecret(bytes: bytes))
        #expect(hook.text == digits && HookSecret(hook.text)?.text == hook.text)
        for shown in ["\(bot)", String(reflecting: bot), "\(hook)", String(reflecting: hook)] {
            #expect(!shown.contains("abab"))
        }
        #expect(BotToken(bytes: [1]) == nil && HookSecret(bytes: []) == nil)
        for text in [
            "", digits.uppercased(), digits + "a", String(digits.dropLast()), "g" + digits.dropFirst(),
        ] {
            #expect(HookSecret(text) == nil && BotToken("pbt_" + text) == nil)
        }
        #expect(BotToken(digits) == nil)
    }

    // MARK: - Invitations

    private func invitation(uses: Int, used: Int, revoked: Timestamp? = nil) -> InviteListing {
        let maker = User(id: UserID(bits: 1), username: "anna", name: "Anna", role: .admin, state: .active)
        return InviteListing(
            id: InviteID(bits: 1), by: maker, createdAt: Timestamp(milliseconds: 0),
            expiresAt: Timestamp(milliseconds: 100), uses: uses, used: used, revokedAt: revoked,
            rooms: [InviteListing.Room(id: ConversationID(bits: 2), name: "Room")])
    }

    @Test("Why an invitation does not work: what was decided first, then uses, then time")
    func problems() {
        let (before, end) = (Timestamp(milliseconds: 99), Timestamp(milliseconds: 100))
        #expect(invitation(uses: 1, used: 0).problem(at: before) == nil)
        #expect(invitation(uses: 1, used: 0).problem(at: end) == .expired)
        #expect(invitation(uses: 2, used: 2).problem(at: before) == .used)
        #expect(invitation(uses: 2, used: 3).problem(at: end) == .used)
        #expect(invitation(uses: 1, used: 1, revoked: before).problem(at: end) == .revoked)
        #expect(invitation(uses: 1, used: 0).rooms.map(\.name) == ["Room"])
    }
}
