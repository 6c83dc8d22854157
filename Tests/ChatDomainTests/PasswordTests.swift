import ChatDomain
import Testing

@Suite("Passwords")
struct PasswordTests {
    @Test(
        "The length counts characters, untrimmed",
        arguments: [
            ("123456789", InvalidValue.Problem.tooShort(minimum: 10) as InvalidValue.Problem?),
            ("", .tooShort(minimum: 10)),
            ("1234567890", nil), ("  spaces  ", nil), ("ääääääääää", nil),
            (String(repeating: "x", count: 256), nil),
            (String(repeating: "x", count: 257), .tooLong(maximum: 256)),
        ])
    func length(text: String, problem: InvalidValue.Problem?) throws {
        if let problem {
            #expect(throws: InvalidValue(.password, problem)) { try Password(text) }
        } else {
            #expect(try Password(text).utf8 == Array(text.utf8))
        }
    }

    @Test(
        "First guesses are refused for new accounts",
        arguments: [
            "password123", "PassWord2024!", "qwertyuiop", "1234567890", "aaaaaaaaaaaa", "abababababab",
            "1q2w3e4r5t",
            "anna.schmidt", "Anna.Schmidt", "letmein!!!", "..........1",
        ])
    func guessable(text: String) throws {
        let password = try Password(text)
        let username = try Username("anna.schmidt")
        #expect(throws: InvalidValue(.password, .guessable)) { try password.checkStrength(for: username) }
    }

    @Test(
        "Others are taken",
        arguments: ["horse battery 9", "correct-horse", "Tr0ub4dor&3x", "пароль и ещё", "1234567890x7z"])
    func taken(text: String) throws {
        try Password(text).checkStrength(for: try Username("anna.schmidt"))
    }

    @Test("A password never prints itself")
    func silent() throws {
        let password = try Password("horse battery 9")
        #expect(!"\(password) \(String(reflecting: password))".contains("horse"))
    }
}
