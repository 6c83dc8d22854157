import ChatDomain
import Testing

@Suite("What is answered and quoted")
struct AnswerTests {
    @Test("Errors that say something of the case keep its words, its code and when to come again")
    func errors() {
        let cases: [(ChatError, ChatError.Code, String, Int64?)] = [
            (.already("You are a member."), .already, "You are a member.", nil),
            (.tooLarge("At most 5 MB."), .tooLarge, "At most 5 MB.", nil),
            (.wrongType("No picture."), .type, "No picture.", nil),
            (.silenced(for: 1_500), .silenced, "A moderator has muted you here.", 1_500),
        ]
        for (error, code, message, after) in cases {
            #expect(
                error.code == code && error.message == message && error.after == after && !error.retryable)
        }
    }

    private func message(_ body: String) -> Message {
        Message(
            conversation: ConversationID(bits: 1), seq: MessageSeq(7), clientID: nil, sender: UserID(bits: 2),
            senderName: "Anna", sentAt: Timestamp(milliseconds: 5), body: body, kind: .text)
    }

    @Test("A quote is the beginning of a message, and nothing of a deleted one")
    func quotes() {
        let long = message(String(repeating: "👩‍👩‍👧", count: 200))
        let quote = Quote(long)
        #expect(quote.seq == MessageSeq(7) && quote.senderName == "Anna" && !quote.isDeleted)
        #expect(quote.body.unicodeScalars.count == Limits.preview && long.body.hasPrefix(quote.body))
        var deleted = message("secret")
        deleted.isDeleted = true
        #expect(Quote(deleted).body.isEmpty && Quote(deleted).isDeleted)
    }

    @Test("What everybody sees of a room is what one member sees, without what is that member's own")
    func roomInfo() {
        var summary = ConversationSummary(
            id: ConversationID(bits: 1), kind: .publicRoom, name: "Garden", topic: "Beans", peer: nil,
            peers: nil,
            role: .owner, members: 60, seq: MessageSeq(9), rev: 3, read: MessageSeq(2),
            delivered: MessageSeq(2),
            unread: 7, last: nil, marks: nil, arrangement: Arrangement(), isArchived: true,
            silencedUntil: Timestamp(milliseconds: 0), firstSeq: MessageSeq(1), mentions: 1, readRevision: 0)
        summary.avatar = FileID(bits: 3)
        let info = RoomInfo(summary)
        #expect(
            info.id == summary.id && info.kind == .publicRoom && info.name == "Garden"
                && info.topic == "Beans")
        #expect(info.avatar == FileID(bits: 3) && info.members == 60 && info.isArchived)
        var other = summary
        other.avatar = nil
        #expect(RoomInfo(other) != info)
    }

    @Test("A change is told apart by its kind, and by what became of the message")
    func changes() {
        var edited = message("new")
        edited.rev = 4
        let change = MessageChange(kind: .edit, message: edited)
        #expect(change.message.rev == 4 && change != MessageChange(kind: .deletion, message: edited))
        #expect(change != MessageChange(kind: .edit, message: message("new")))
    }

    @Test("A mid is a UUID, and comes back as its bits and its text")
    func changeID() throws {
        let bits = UInt128(0x0123_4567_89AB_CDEF_0123_4567_89AB_CDEF)
        let id = ChangeID(bits: bits)
        #expect(try ChangeID("01234567-89AB-CDEF-0123-456789ABCDEF") == id && id.bits == bits)
        #expect(id.description == "01234567-89ab-cdef-0123-456789abcdef")
    }
}
