/// What a person says about themselves just now: one line of at most 100 characters, or nothing.
public struct StatusText: Hashable, Sendable {
    /// The text.
    public let text: String

    /// Checks a status. Throws `InvalidValue` of the field `status`.
    public init(_ text: String) throws(InvalidValue) {
        self.text = try SingleLineText.checked(text, field: .status, length: Limits.status)
    }
}
