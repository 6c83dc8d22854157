import ChatDomain
import Testing

@Suite("Languages, names of files and other small texts")
struct SmallTextTests {
    @Test(
        "Languages as browsers write them",
        arguments: ["de", "en-GB", "pt-BR", "zh-Hant-TW", "sl-rozaj-biske-1994", "DE", "de-1996", "abcdefgh"])
    func languages(text: String) throws {
        #expect(try LanguageTag(text).text == text)
    }

    @Test(
        "Everything else is no language",
        arguments: [
            "", "d", "abcdefghi", "de-", "-de", "de--AT", "de_AT", "d1", "de AT", "de-abcdefghi", "dé",
            "de-ä", "../de",
            "en-" + String(repeating: "a1-", count: 12) + "a",
        ])
    func noLanguages(text: String) {
        #expect(throws: InvalidValue(.locale, .malformed)) { try LanguageTag(text) }
    }

    @Test(
        "Of a path only the name counts",
        arguments: [
            ("a.txt", "a.txt"), ("/etc/passwd", "passwd"), ("C:\\Users\\x\\b.png", "b.png"), ("..", ".."),
            ("../../c", "c"), (" d .txt ", "d .txt"), ("a/b\\c", "c"),
            (String(repeating: "x", count: 255), String(repeating: "x", count: 255)),
        ])
    func fileNames(text: String, expected: String) throws {
        #expect(try FileName(text).text == expected)
    }

    @Test(
        "Names that are none",
        arguments: [
            ("", InvalidValue.Problem.tooShort(minimum: 1)), ("folder/", .tooShort(minimum: 1)),
            ("a\\ ", .tooShort(minimum: 1)),
            ("a\nb", .forbiddenCharacter), ("a\u{202E}gpj.exe", .forbiddenCharacter),
            ("a\u{0}", .forbiddenCharacter),
            (String(repeating: "x", count: 256), .tooLong(maximum: 255)),
        ])
    func noFileNames(text: String, problem: InvalidValue.Problem) {
        #expect(throws: InvalidValue(.fileName, problem)) { try FileName(text) }
    }

    @Test("A status and the reason of a ban are a line, or nothing")
    func lines() throws {
        #expect(try StatusText(" away ").text == "away" && StatusText("").text.isEmpty)
        #expect(try BanReason("").text.isEmpty && BanReason(" spam ").text == "spam")
        #expect(throws: InvalidValue(.status, .tooLong(maximum: 100))) {
            try StatusText(String(repeating: "x", count: 101))
        }
        #expect(throws: InvalidValue(.reason, .tooLong(maximum: 250))) {
            try BanReason(String(repeating: "x", count: 251))
        }
        #expect(throws: InvalidValue(.status, .forbiddenCharacter)) { try StatusText("a\u{2028}b") }
    }

    @Test("Preferences are counted in bytes, and nobody looks into them")
    func preferences() throws {
        let most = String(repeating: "ä", count: 4_096)
        #expect(try Preferences(json: most).json == most)
        #expect(Preferences.none.json == "{}")
        #expect(throws: InvalidValue(.prefs, .tooLong(maximum: 8_192))) { try Preferences(json: most + "x") }
    }

    @Test("Messages for a webhook: all, those that name its bot, those with its word")
    func matches() throws {
        #expect(try HookMatch(nil, word: nil) == .all && HookMatch("all", word: "x") == .all)
        #expect(HookMatch.all.holds(of: "", names: [], botName: "x"))
        let mention = try HookMatch("mention", word: nil)
        #expect(mention.holds(of: "@x", names: ["x", "y"], botName: "x"))
        #expect(!mention.holds(of: "x", names: ["y"], botName: "x"))
    }
}
