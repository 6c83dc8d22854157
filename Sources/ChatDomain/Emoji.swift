/// What somebody reacts with: one character that is drawn as an emoji, of at most 32 bytes.
public struct Emoji: Hashable, Sendable {
    /// The character.
    public let text: String

    /// Checks a text. Throws `InvalidValue` of the field `emoji`.
    public init(_ text: String) throws(InvalidValue) {
        guard text.utf8.count <= Limits.emojiBytes else {
            throw InvalidValue(.emoji, .tooLong(maximum: Limits.emojiBytes))
        }
        guard let character = text.first, text.dropFirst().isEmpty, Self.isDrawn(character) else {
            throw InvalidValue(.emoji, .malformed)
        }
        self.text = text
    }

    /// Digits, `#` and `*` are emoji by their property; they are meant only with the signs that make them keycaps.
    private static func isDrawn(_ character: Character) -> Bool {
        var scalars = character.unicodeScalars.makeIterator()
        guard let first = scalars.next(), first.properties.isEmoji else { return false }
        if first.value > 0x7F { return true }
        return character.unicodeScalars.contains { $0.value == 0x20E3 }
    }
}
