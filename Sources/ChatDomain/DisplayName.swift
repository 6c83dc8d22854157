/// The name that others see: 1...64 characters on one line.
public struct DisplayName: Hashable, Sendable {
    /// The text without white space at its ends.
    public let text: String

    /// Checks a text. Throws `InvalidValue` of the field `name`.
    public init(_ text: String) throws(InvalidValue) {
        self.text = try SingleLineText.checked(text, field: .name, length: Limits.displayName)
    }
}
