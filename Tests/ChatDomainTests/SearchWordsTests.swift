import ChatDomain
import Testing

@Suite("Words for the index")
struct SearchWordsTests {
    private func words(_ text: String) -> [String] { Self.split(SearchWords.indexed(text)) }

    /// By scalars: a blank before a mark that combines is no character of its own.
    private static func split(_ text: String) -> [String] {
        text.unicodeScalars.split(separator: " ").map { String(String.UnicodeScalarView($0)) }
    }

    @Test("Scripts without blanks become pairs, and the last character")
    func pairs() {
        #expect(words("日本語") == ["日本", "本語", "語"])
        #expect(words("日") == ["日"])
        #expect(words("我在Berlin住") == ["我在", "在", "Berlin", "住"])
        #expect(words("สวัส ดี") == ["สว", "วั", "ัส", "ส", "ดี", "ี"])
        #expect(words("カ゛ｶ𠮷") == ["カ゛", "゛ｶ", "ｶ𠮷", "𠮷"])
    }

    @Test("Everything else stays, NUL aside")
    func plain() {
        #expect(SearchWords.indexed("Café-Besuch, 한국어 \"x\"") == "Café-Besuch, 한국어 \"x\"")
        #expect(words("a\0b") == ["a", "b"])
        #expect(SearchWords.indexed("") == "")
    }

    @Test(
        "What is looked for: the last character alone only where nothing can follow, or where there is no pair"
    )
    func sought() {
        func check(_ text: String, _ expected: [String], _ endsAlone: Bool) {
            let (words, ends) = SearchWords.sought(text)
            #expect(Self.split(words) == expected && ends == endsAlone, "\(text)")
        }
        check("日本", ["日本"], false)
        check("日", ["日"], true)
        check("日本a", ["日本", "本", "a"], false)
        check("a日", ["a", "日"], true)
        check("tea", ["tea"], false)
    }
}

@Suite("Scripts without blanks")
struct PairedScriptTests {
    @Test(
        "Their characters are found in pairs, those of others in words",
        arguments: [
            ("ก", true), ("ລ", true), ("မ", true), ("ក", true), ("⺀", true), ("々", true), ("〇", true),
            ("〡", true),
            ("ひ", true), ("カ", true), ("ㇰ", true), ("ｶ", true), ("㐀", true), ("漢", true), ("豈", true),
            ("𠀀", true),
            ("a", false), ("ü", false), ("я", false), ("א", false), ("ع", false), ("한", false), ("ა", false),
            ("7", false),
            ("\u{E00}", true), ("\u{DFF}", false), ("\u{F00}", false), ("\u{17FF}", true),
            ("\u{1800}", false),
        ] as [(Unicode.Scalar, Bool)])
    func paired(scalar: Unicode.Scalar, expected: Bool) {
        #expect(SearchWords.isPaired(scalar) == expected)
    }
}
