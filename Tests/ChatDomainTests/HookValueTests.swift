import ChatDomain
import Testing

@Suite("Values of bots and webhooks")
struct HookValueTests {
    @Test(
        "Addresses that can be posted to",
        arguments: [
            "https://example.org", "http://example.org/in?x=1", "HTTPS://EXAMPLE.org:8443/a",
            "http://192.0.2.1/",
            "https://[2001:db8::1]/x",
        ])
    func addresses(text: String) throws {
        #expect(try WebURL(text).text == text)
    }

    @Test(
        "Addresses that cannot",
        arguments: [
            "", "example.org", "ftp://example.org/", "file:///etc/passwd", "https://", "https:///x",
            "https://:80/",
            "https://user:secret@example.org/", "https://example.org/#part", "https://example.org/a b",
            "https://ex\u{e4}mple.org/", "javascript:alert(1)", "https://example.org/\r\nHost: x",
            "https://example.org/" + String(repeating: "a", count: 2_000),
        ])
    func noAddresses(text: String) {
        #expect(throws: InvalidValue.self) { try WebURL(text) }
    }

    @Test(
        "A word is found as a word, in upper and lower case",
        arguments: [
            ("deploy", true), ("Please DEPLOY!", true), ("deploy-now", true), ("redeploy deploy", true),
            ("redeploy", false), ("deployed", false), ("deploy_now", false), ("", false),
        ])
    func words(body: String, expected: Bool) throws {
        let match = try HookMatch("word", word: " Deploy ")
        #expect(match.holds(of: body, names: [], botName: "x") == expected)
    }

    @Test("Matches that are none")
    func noMatches() {
        #expect(throws: InvalidValue.self) { try HookMatch("some", word: nil) }
        #expect(throws: InvalidValue.self) { try HookMatch("word", word: nil) }
        #expect(throws: InvalidValue.self) { try HookMatch("word", word: " ") }
        #expect(throws: InvalidValue.self) { try HookMatch("word", word: String(repeating: "a", count: 65)) }
    }

    @Test("Keys are visible ASCII of bounded length")
    func keys() throws {
        #expect(try IdempotencyKey("run-17").text == "run-17")
        for text in ["", "a b", "\u{e4}", String(repeating: "k", count: 256)] {
            #expect(throws: InvalidValue.self) { try IdempotencyKey(text) }
        }
    }

    @Test("Secrets have one form, and do not tell themselves")
    func secrets() throws {
        let digits = String(repeating: "0f", count: 32)
        let token = try #require(BotToken("pbt_" + digits))
        #expect(token.text == "pbt_" + digits)
        #expect("\(token)" == "BotToken(...)" && String(reflecting: token) == "BotToken(...)")
        let secret = try #require(HookSecret(digits))
        #expect(secret.text == digits && "\(secret)" == "HookSecret(...)")
        for text in [digits, "pbt_", "pbt_" + digits + "0", "PBT_" + digits, "pbt_" + digits.uppercased()] {
            #expect(BotToken(text) == nil)
        }
        #expect(HookSecret("pbt_" + digits) == nil && HookSecret("") == nil)
    }
}
