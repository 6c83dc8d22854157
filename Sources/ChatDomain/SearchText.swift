/// What a person typed to find people or rooms: up to 64 characters on one line; empty finds everything.
public struct SearchText: Hashable, Sendable {
    /// The text without white space at its ends, in lower case: searches ignore case.
    public let folded: String

    /// Finds everything.
    public static let everything = SearchText(folded: "")

    /// Checks a text. Throws `InvalidValue` of the field `search`.
    public init(_ text: String) throws(InvalidValue) {
        self.folded = try SingleLineText.checked(text, field: .search, length: Limits.searchText).lowercased()
    }

    private init(folded: String) {
        self.folded = folded
    }
}
