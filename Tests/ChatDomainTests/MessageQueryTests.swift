import ChatDomain
import Testing

@Suite("Searches as typed")
struct MessageQueryTests {
    private typealias Term = MessageQuery.Term

    @Test("Words, phrases, the last word's beginning")
    func terms() throws {
        #expect(try MessageQuery("lunch tom").terms == [Term("lunch"), Term("tom", isPrefix: true)])
        #expect(try MessageQuery(#"a "team meeting""#).terms == [Term("a"), Term("team meeting")])
        #expect(
            try MessageQuery(#""team meeting" a"#).terms == [Term("team meeting"), Term("a", isPrefix: true)])
        // A filter after the last word does not finish it; a quote that is not closed reaches to the end.
        #expect(try MessageQuery("tom from:me").terms == [Term("tom", isPrefix: true)])
        #expect(try MessageQuery(#"“team meet"#).terms == [Term("team meet")])
        // What holds neither letters nor digits is nothing that could be found.
        #expect(try MessageQuery("-- tea ?! 5").terms == [Term("tea"), Term("5", isPrefix: true)])
        #expect(try MessageQuery("note:this").terms == [Term("note:this", isPrefix: true)])
        #expect(
            try MessageQuery("https://a.example/x").terms == [Term("https://a.example/x", isPrefix: true)])
    }

    @Test("Filters")
    func filters() throws {
        let query = try MessageQuery(
            #"From:@Anna in:"Design review" has:image has:link is:pinned after:2026-02-27 before:2026-03-02"#)
        #expect(query.terms.isEmpty)
        #expect(query.sender == .username("anna") && query.place == .named("design review"))
        #expect(query.extras == [.image, .link] && query.isPinned)
        #expect(query.firstDay == 20_512 && query.lastDay == 20_513)
        #expect(try MessageQuery("from:me on:1970-01-01").firstDay == 0)
        #expect(try MessageQuery("from:me").sender == .me)
        let id = ConversationID(bits: 7)
        #expect(try MessageQuery("in:\(id)").place == .id(id))
        #expect(try MessageQuery("in:#lobby").place == .named("lobby"))
        #expect(try MessageQuery("on:2024-02-29 on:2024-03-01").firstDay == 19_783)
        #expect(try MessageQuery("on:2024-02-29 on:2024-03-01").lastDay == 19_782)
        #expect(try MessageQuery("on:2000-02-29").firstDay == 11_016)
        #expect(try MessageQuery("on:2100-03-01").firstDay == 47_541)
        #expect(try MessageQuery("on:2026-04-30").firstDay == 20_573)
    }

    @Test(
        "What cannot be read is refused",
        arguments: [
            "", "  ", "?!", "from:", #"in:"""#, "in:#", "has:cake", "is:nice", "before:yesterday",
            "on:2026-02-29", "on:2100-02-29", "on:2026-04-31", "on:2026-06-31", "on:2026-01-32",
            "on:2026-01-00",
            "on:2026-13-01", "on:2026-1-1", "after:0000-00-00", "on:1969-12-31", "on:2026-01-٣1",
        ])
    func refused(text: String) {
        #expect(throws: InvalidValue.self) { try MessageQuery(text) }
    }

    @Test("No more than can be looked for")
    func bounds() throws {
        let words = (1...Limits.queryTerms).map { "w\($0)" }.joined(separator: " ")
        #expect(try MessageQuery(words).terms.count == Limits.queryTerms)
        #expect(throws: InvalidValue(.search, .tooMany(maximum: Limits.queryTerms))) {
            try MessageQuery(words + " more")
        }
        #expect(throws: InvalidValue(.search, .tooLong(maximum: Limits.messageQuery))) {
            try MessageQuery(String(repeating: "a", count: Limits.messageQuery + 1))
        }
    }
}
