/// What a room is about: up to 250 characters on one line; may be empty.
public struct Topic: Hashable, Sendable {
    /// The text without white space at its ends.
    public let text: String

    /// Checks a text. Throws `InvalidValue` of the field `topic`.
    public init(_ text: String) throws(InvalidValue) {
        self.text = try SingleLineText.checked(text, field: .topic, length: Limits.topic)
    }
}
