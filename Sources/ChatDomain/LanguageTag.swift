/// The name of a language as browsers write it (BCP 47), such as `de` or `pt-BR`: groups of letters and digits.
public struct LanguageTag: Hashable, Sendable {
    /// The text.
    public let text: String

    /// Parses a tag. Throws `InvalidValue` of the field `locale`.
    public init(_ text: String) throws(InvalidValue) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 35, let language = parts.first, (2...8).contains(language.count),
            language.allSatisfy(Self.isLetter),
            parts.dropFirst().allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy(Self.isLetterOrDigit) }
            )
        else { throw InvalidValue(.locale, .malformed) }
        self.text = text
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
