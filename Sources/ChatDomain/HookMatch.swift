/// Which messages of a room an outgoing webhook posts.
public enum HookMatch: Hashable, Sendable {
    /// All that people write.
    case all
    /// Those that name the hook's bot.
    case mention
    /// Those that hold this word, in upper or lower case.
    case word(String)

    /// A match by its word on the wire. Throws `InvalidValue`.
    public init(_ name: String?, word: String?) throws(InvalidValue) {
        switch name {
        case nil, "all": self = .all
        case "mention": self = .mention
        case "word":
            self = .word(
                try SingleLineText.checked(word ?? "", field: .word, length: Limits.hookWord).lowercased())
        default: throw InvalidValue(.match, .malformed)
        }
    }

    /// Whether a message is one of them. `botName` is the username of the hook's bot.
    public func holds(of body: String, names: Set<String>, botName: String) -> Bool {
        switch self {
        case .all: return true
        case .mention: return names.contains(botName)
        case .word(let word):
            let text = body.lowercased()
            var rest = text[...]
            while let found = rest.firstRange(of: word) {
                let isStart =
                    found.lowerBound == text.startIndex || !Self.isLetter(text, before: found.lowerBound)
                let isEnd = found.upperBound == text.endIndex || !text[found.upperBound].isWordLike
                if isStart && isEnd { return true }
                rest = text[text.index(after: found.lowerBound)...]
            }
            return false
        }
    }

    private static func isLetter(_ text: String, before index: String.Index) -> Bool {
        text[text.index(before: index)].isWordLike
    }
}

extension Character {
    fileprivate var isWordLike: Bool { isLetter || isNumber || self == "_" }
}
