/// Takes what was typed into a search apart: words, phrases in quotes, `filter:value`, `filter:"value with blanks"`.
struct QueryScanner {
    struct Part {
        /// What stands before the colon, in lower case.
        let filter: String?
        /// The word, phrase or value without quotes.
        let text: String
        /// Whether it stands in quotes.
        let isQuoted: Bool
    }

    private static let quotes: Set<Character> = ["\"", "\u{201C}", "\u{201D}", "\u{201E}"]

    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
    }

    mutating func next() -> Part? {
        rest = rest.drop { $0.isWhitespace }
        guard let first = rest.first else { return nil }
        if Self.quotes.contains(first) { return phrase(filter: nil) }
        let word = rest.prefix { !$0.isWhitespace && !Self.quotes.contains($0) }
        if let colon = word.firstIndex(of: ":"), colon > word.startIndex,
            word[..<colon].allSatisfy({ $0.isASCII && $0.isLetter })
        {
            let filter = word[..<colon].lowercased()
            let value = word[word.index(after: colon)...]
            rest = rest[word.endIndex...]
            if value.isEmpty, let next = rest.first, Self.quotes.contains(next) {
                return phrase(filter: filter)
            }
            return Part(filter: filter, text: String(value), isQuoted: false)
        }
        rest = rest[word.endIndex...]
        return Part(filter: nil, text: String(word), isQuoted: false)
    }

    private mutating func phrase(filter: String?) -> Part {
        let inner = rest.dropFirst().prefix { !Self.quotes.contains($0) }
        rest = rest[inner.endIndex...].dropFirst()
        return Part(filter: filter, text: String(inner), isQuoted: true)
    }
}
