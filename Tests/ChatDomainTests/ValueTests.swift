import ChatDomain
import Testing

@Suite("Values of the wire")
struct ValueTests {
    @Test(
        "Invitations live a week and make one account, if nobody says otherwise",
        arguments: [
            (nil as Int?, nil as Int?, 168, 1), (1, 10_000, 1, 10_000), (8_760, 1, 8_760, 1),
        ])
    func terms(hours: Int?, uses: Int?, expectedHours: Int, expectedUses: Int) throws {
        let terms = try InviteTerms(hours: hours, uses: uses)
        #expect(terms.hours == expectedHours)
        #expect(terms.uses == expectedUses)
    }

    @Test(
        "Other terms are refused",
        arguments: [
            (0 as Int?, nil as Int?, InvalidValue.Field.hours), (8_761, nil, .hours), (.max, nil, .hours),
            (-1, nil, .hours),
            (nil, 0, .uses), (nil, 10_001, .uses), (nil, .min, .uses),
        ])
    func refusedTerms(hours: Int?, uses: Int?, field: InvalidValue.Field) {
        let range = field == .hours ? Limits.inviteHours : Limits.inviteUses
        #expect(throws: InvalidValue(field, .outOfRange(range))) { try InviteTerms(hours: hours, uses: uses) }
    }

    @Test("The codes are those of the API")
    func codes() {
        let documented: Set<String> = [
            "invalid", "too_long", "not_found", "forbidden", "cid_reused", "rate", "busy", "unavailable",
            "already_set_up", "invite_required", "invite_invalid", "username_taken", "credentials",
            "unauthorized", "archived", "silenced", "banned", "deactivated", "totp_required", "totp",
            "last_admin", "already", "too_large", "type", "quota", "conflict",
        ]
        #expect(Set(ChatError.Code.allCases.map(\.rawValue)) == documented)
    }

    @Test("Only overload and outages are worth a repetition")
    func retryable() {
        #expect(ChatError.rate(after: 70).retryable && ChatError.rate(after: 70).after == 70)
        #expect(ChatError.busy.retryable)
        #expect(ChatError.unavailable.retryable)
        let final: [ChatError] = [
            .conversationNotFound, .personNotFound, .forbidden("no"), .cidReused, .alreadySetUp,
            .inviteRequired,
            .inviteInvalid, .usernameTaken, .wrongCredentials, .unauthorized, .invalid(.body, .malformed),
        ]
        #expect(final.allSatisfy { !$0.retryable && $0.after == nil && !$0.message.isEmpty })
    }

    @Test("The words of the wire")
    func words() {
        #expect(
            ConversationKind.allCases.map(\.rawValue) == ["self", "direct", "group", "public", "private"])
        #expect(MessageKind.allCases.map(\.rawValue) == ["text", "system"])
        #expect(Role.allCases.map(\.rawValue) == ["owner", "moderator", "member"])
        #expect(NotifyLevel.allCases.map(\.rawValue) == ["all", "mentions", "none"])
        #expect(FileType.Kind.allCases.map(\.rawValue) == ["image", "video", "audio", "file"])
        #expect(SignupMode.allCases.map(\.rawValue) == ["open", "invite"])
    }

    @Test("A message is addressed by its conversation and place")
    func address() {
        let message = Message(
            conversation: ConversationID(bits: 0), seq: MessageSeq(12), clientID: nil,
            sender: UserID(bits: 1),
            senderName: "Anna", sentAt: Timestamp(milliseconds: 0), body: "x", kind: .text)
        #expect(message.id == "cnv_aaaaaaaaaaaaaaaaaaaaaaaaaa/12")
    }

    @Test("A preview holds 200 characters")
    func preview() {
        let long = MessagePreview(
            seq: MessageSeq(1), sender: UserID(bits: 1), senderName: "Anna",
            body: String(repeating: "💬", count: 20_000), sentAt: Timestamp(milliseconds: 0), kind: .text)
        #expect(long.body == String(repeating: "💬", count: 200))
    }
}
