import ChatDomain
import Testing

@Suite("Values of changes")
struct ChangeValueTests {
    @Test("Emoji", arguments: ["👍", "❤️", "👩‍👩‍👧‍👦", "🇩🇪", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☺"])
    func emoji(text: String) throws {
        #expect(try Emoji(text).text == text)
    }

    @Test(
        "Not emoji",
        arguments: ["", "a", "1", "#", "é", " ", "👍👍", "👍 ", "ab", "日", "\u{0}", "\u{202E}", "\u{FE0F}"])
    func notEmoji(text: String) {
        #expect(throws: InvalidValue(.emoji, .malformed)) { try Emoji(text) }
    }

    @Test("A character of many bytes is refused")
    func longEmoji() {
        let zalgo = "👍" + String(repeating: "\u{301}", count: 20)
        #expect(throws: InvalidValue(.emoji, .tooLong(maximum: 32))) { try Emoji(zalgo) }
    }

    @Test("A mid is a UUID")
    func mid() throws {
        let text = "0190A6F1-0000-7000-8000-00000000ABCD"
        #expect(try ChangeID(text).description == text.lowercased())
        #expect(throws: InvalidValue(.mid, .malformed)) { try ChangeID("{\(text)}") }
    }

    /// Computed with another program over the same definition.
    @Test("The digest is the one that the page of the API defines")
    func digest() throws {
        let first = ConversationID(bits: 0)
        let second = ConversationID(bits: 1)
        var digest = StateDigest()
        #expect(digest.description == "0000000000000000")
        digest.toggle(first, seq: MessageSeq(3), rev: 1, read: MessageSeq(2))
        #expect(digest.description == "1caafa3759df1bd5")
        digest.toggle(second, seq: MessageSeq(4_294_967_295), rev: 9, read: .zero)
        #expect(digest.description == "a7c2f11d759a3c07")
        digest.toggle(first, seq: MessageSeq(3), rev: 1, read: MessageSeq(2))
        digest.toggle(second, seq: MessageSeq(4_294_967_295), rev: 9, read: .zero)
        #expect(digest.bits == 0)
    }

    @Test("A quote holds the beginning, and nothing of what was deleted")
    func quote() {
        let long = String(repeating: "é", count: 300)
        let user = UserID(bits: 1)
        let quote = Quote(seq: MessageSeq(1), sender: user, senderName: "A", body: long, isDeleted: false)
        #expect(quote.body.unicodeScalars.count == Limits.preview)
        let gone = Quote(seq: MessageSeq(1), sender: user, senderName: "A", body: long, isDeleted: true)
        #expect(gone.body.isEmpty)
    }
}
