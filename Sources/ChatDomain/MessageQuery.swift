/// What a person looks for in messages: words, phrases and filters, as typed.
///
/// `lunch "team meeting" from:anna in:lobby has:image before:2026-11-25`. Every word must be there; of the last one the
/// beginning is enough. What is no filter that we know is a word.
public struct MessageQuery: Hashable, Sendable {
    /// One word or phrase.
    public struct Term: Hashable, Sendable {
        /// As typed, without quotes.
        public let text: String
        /// Whether words that begin with it count too.
        public let isPrefix: Bool

        /// A word or phrase.
        public init(_ text: String, isPrefix: Bool = false) {
            self.text = text
            self.isPrefix = isPrefix
        }
    }

    /// Whose messages.
    public enum Sender: Hashable, Sendable {
        /// The person's who searches.
        case me
        /// Those of the account of this name, in lower case.
        case username(String)
    }

    /// In which conversation.
    public enum Place: Hashable, Sendable {
        /// This one.
        case id(ConversationID)
        /// Those of this name, in lower case.
        case named(String)
    }

    /// What a message has beside its text.
    public enum Extra: String, Hashable, Sendable, CaseIterable {
        case file, image, link
    }

    /// What must stand in the text.
    public private(set) var terms: [Term] = []
    /// Whose messages; nil for anybody's.
    public private(set) var sender: Sender?
    /// Where; nil for everywhere.
    public private(set) var place: Place?
    /// Days since 1970: the first day that counts.
    public private(set) var firstDay: Int?
    /// Days since 1970: the last day that counts.
    public private(set) var lastDay: Int?
    /// What the message has.
    public private(set) var extras: Set<Extra> = []
    /// Whether it must be pinned.
    public private(set) var isPinned = false

    /// Reads what was typed.
    ///
    /// - Throws: `InvalidValue` of the field `search` when it is longer than `Limits.messageQuery`, has more than
    ///   `Limits.queryTerms` words, looks for nothing, or a filter has no value that it understands.
    public init(_ text: String) throws(InvalidValue) {
        guard text.unicodeScalars.count <= Limits.messageQuery else {
            throw InvalidValue(.search, .tooLong(maximum: Limits.messageQuery))
        }
        var scanner = QueryScanner(text)
        var isLastQuoted = true
        while let part = scanner.next() {
            if let filter = part.filter, try take(filter, part.text) { continue }
            let words = part.filter.map { $0 + ":" + part.text } ?? part.text
            guard SearchWords.hasAny(words) else { continue }
            terms.append(Term(words))
            isLastQuoted = part.isQuoted
            guard terms.count <= Limits.queryTerms else {
                throw InvalidValue(.search, .tooMany(maximum: Limits.queryTerms))
            }
        }
        if !isLastQuoted, let last = terms.popLast() { terms.append(Term(last.text, isPrefix: true)) }
        guard !isEmpty else { throw InvalidValue(.search, .tooShort(minimum: 1)) }
    }

    /// Whether there is nothing to look for.
    private var isEmpty: Bool {
        terms.isEmpty && sender == nil && place == nil && firstDay == nil && lastDay == nil && extras.isEmpty
            && !isPinned
    }

    /// Takes a filter; false when it is none.
    private mutating func take(_ filter: String, _ value: String) throws(InvalidValue) -> Bool {
        switch filter {
        case "from":
            let name = String(value.drop { $0 == "@" }).lowercased()
            sender = try Self.filled(name) == "me" ? .me : .username(name)
        case "in":
            let name = try Self.filled(String(value.drop { $0 == "#" }))
            place = ConversationID(name).map { .id($0) } ?? .named(name.lowercased())
        case "has":
            guard let extra = Extra(rawValue: value.lowercased()) else { throw Self.malformed }
            extras.insert(extra)
        case "is":
            guard value.lowercased() == "pinned" else { throw Self.malformed }
            isPinned = true
        case "before": lastDay = min(lastDay ?? .max, try Self.day(value) - 1)
        case "after": firstDay = max(firstDay ?? .min, try Self.day(value) + 1)
        case "on":
            let day = try Self.day(value)
            firstDay = max(firstDay ?? .min, day)
            lastDay = min(lastDay ?? .max, day)
        default: return false
        }
        return true
    }

    private static let malformed = InvalidValue(.search, .malformed)

    private static func filled(_ text: String) throws(InvalidValue) -> String {
        guard !text.isEmpty else { throw malformed }
        return text
    }

    private static func day(_ text: String) throws(InvalidValue) -> Int {
        guard let day = CalendarDay(text) else { throw malformed }
        return day.number
    }
}
