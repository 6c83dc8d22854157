/// Passwords of ten or more characters that stand at the top of every published list of leaked ones.
enum CommonPasswords {
    /// Whether the lower-case text is one of them, also with digits or punctuation put behind it.
    static func contain(_ folded: String) -> Bool {
        if whole.contains(folded) { return true }
        var stem = Substring(folded)
        while let last = stem.unicodeScalars.last, !last.properties.isAlphabetic {
            stem.unicodeScalars.removeLast()
        }
        return stems.contains(String(stem))
    }

    /// Words that stay guessable with digits behind them ("password123!").
    private static let stems: Set<String> = [
        "", "password", "passwort", "motdepasse", "contrasena", "senha", "iloveyou", "welcome", "qwerty",
        "qwertz",
        "azerty", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "letmein",
        "administrator",
        "admin", "football", "baseball", "basketball", "sunshine", "princess", "dragon", "monkey", "superman",
        "batman", "trustno", "changeme", "secret", "starwars", "pokemon", "liverpool", "chelsea", "charlie",
        "michael", "jordan", "jennifer", "jessica", "computer", "internet", "whatever", "abcdefghij", "abc",
        "abcdef", "abcdefgh", "qazwsxedc", "passw", "p@ssword", "p@ssw0rd", "passw0rd",
    ]

    private static let whole: Set<String> = [
        "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "q1w2e3r4t5", "q1w2e3r4t5y6", "qwerty12345",
        "qwer1234asdf",
        "123qweasdzxc", "1234qwerasdf", "zaq12wsxcde3", "zaq1zaq1zaq1", "123456789a", "a123456789",
        "1234567890q",
        "qwertyuiop[]", "iloveyou123", "correcthorsebatterystaple", "correct horse battery staple",
    ]
}
