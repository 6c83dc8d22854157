import ChatDomain
import Testing

@Suite("Texts that people type")
struct TextRuleTests {
    @Test(
        "Usernames are lower-cased and trimmed",
        arguments: [
            ("anna", "anna"), ("Anna", "anna"), ("  ANNA.b-c_9 ", "anna.b-c_9"), ("9lives", "9lives"),
            ("ab", "ab"),
            (String(repeating: "x", count: 32), String(repeating: "x", count: 32)),
        ])
    func username(text: String, expected: String) throws {
        #expect(try Username(text).text == expected)
    }

    @Test(
        "Other usernames name their problem",
        arguments: [
            ("", InvalidValue.Problem.tooShort(minimum: 2)), ("a", .tooShort(minimum: 2)),
            ("   ", .tooShort(minimum: 2)),
            (String(repeating: "x", count: 33), .tooLong(maximum: 32)), ("an na", .forbiddenCharacter),
            (".anna", .forbiddenCharacter), ("-anna", .forbiddenCharacter), ("_anna", .forbiddenCharacter),
            ("änna", .forbiddenCharacter), ("anna\u{0}", .forbiddenCharacter),
            ("anna\u{200B}", .forbiddenCharacter),
            ("аnna", .forbiddenCharacter), ("a/b", .forbiddenCharacter), ("an\u{301}na", .forbiddenCharacter),
        ])
    func refusedUsername(text: String, problem: InvalidValue.Problem) {
        #expect(throws: InvalidValue(.username, problem)) { try Username(text) }
    }

    @Test(
        "Names keep what people write, on one line",
        arguments: [
            ("Anna", "Anna"), ("  Anna  ", "Anna"), ("O'Neill, Ñandú 李", "O'Neill, Ñandú 李"), ("👩‍💻", "👩‍💻"),
            (String(repeating: "é", count: 64), String(repeating: "é", count: 64)),
        ])
    func displayName(text: String, expected: String) throws {
        #expect(try DisplayName(text).text == expected)
    }

    @Test(
        "Names do not act on the line around them",
        arguments: [
            ("", InvalidValue.Problem.tooShort(minimum: 1)), (" \u{3000}\n ", .tooShort(minimum: 1)),
            (String(repeating: "x", count: 65), .tooLong(maximum: 64)), ("a\nb", .forbiddenCharacter),
            ("a\u{0}b", .forbiddenCharacter), ("a\u{202E}b", .forbiddenCharacter),
            ("a\u{2066}b", .forbiddenCharacter),
            ("a\u{200F}b", .forbiddenCharacter), ("a\u{1B}b", .forbiddenCharacter),
            ("a\u{2028}b", .forbiddenCharacter),
            ("e" + String(repeating: "\u{301}", count: 64), .tooLong(maximum: 64)),
        ])
    func refusedName(text: String, problem: InvalidValue.Problem) {
        #expect(throws: InvalidValue(.name, problem)) { try DisplayName(text) }
        #expect(throws: (any Error).self) { try ServerName(text) }
    }

    @Test("Rooms, topics and searches have rules of their own")
    func otherLines() throws {
        #expect(try RoomName(String(repeating: "x", count: 80)).text.count == 80)
        #expect(try ServerName("  The office ").text == "The office")
        #expect(try ServerName(ServerSettings.initial.name).text == ServerSettings.initial.name)
        #expect(throws: InvalidValue(.roomName, .tooLong(maximum: 80))) {
            try RoomName(String(repeating: "x", count: 81))
        }
        #expect(try Topic("").text == "")
        #expect(throws: InvalidValue(.topic, .tooLong(maximum: 250))) {
            try Topic(String(repeating: "x", count: 251))
        }
        #expect(try SearchText(" ÄNNA ").folded == "änna")
        #expect(try SearchText("").folded == SearchText.everything.folded)
        #expect(throws: InvalidValue(.search, .tooLong(maximum: 64))) {
            try SearchText(String(repeating: "x", count: 65))
        }
    }

    @Test(
        "A message is not blank, not too long, and holds no NUL",
        arguments: [
            ("", InvalidValue.Problem.tooShort(minimum: 1)), (" \n\t\u{3000}", .tooShort(minimum: 1)),
            ("a\u{0}", .forbiddenCharacter),
            (String(repeating: "x", count: 20_001), .tooLong(maximum: 20_000)),
        ])
    func refusedBody(text: String, problem: InvalidValue.Problem) {
        #expect(throws: InvalidValue(.body, problem)) { try MessageBody(text) }
    }

    @Test(
        "A message keeps every character",
        arguments: [
            "x", " x ", "two\nlines\r\n", "👩‍💻", "\u{202E}abc", "e\u{301}",
            String(repeating: "💬", count: 20_000),
        ])
    func body(text: String) throws {
        #expect(try Array(MessageBody(text).text.utf8) == Array(text.utf8))
    }

    @Test("Only an overlong body has the code too_long")
    func codes() {
        #expect(ChatError(InvalidValue(.body, .tooLong(maximum: 20_000))).code == .tooLong)
        #expect(ChatError(InvalidValue(.body, .forbiddenCharacter)).code == .invalid)
        #expect(ChatError(InvalidValue(.name, .tooLong(maximum: 64))).code == .invalid)
    }

    @Test("Messages of broken rules name the field", arguments: InvalidValue.Field.allCases)
    func messages(field: InvalidValue.Field) {
        let problems: [InvalidValue.Problem] = [
            .tooShort(minimum: 1), .tooShort(minimum: 2), .tooLong(maximum: 9), .outOfRange(1...3),
            .tooMany(maximum: 4),
            .forbiddenCharacter, .malformed, .guessable,
        ]
        let messages = problems.map { InvalidValue(field, $0).message }
        #expect(messages.allSatisfy { $0.contains(field.rawValue) })
        #expect(Set(messages).count == problems.count)
    }
}
