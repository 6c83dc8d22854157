/// Why somebody is banned from a room: up to 250 characters on one line; may be empty.
public struct BanReason: Hashable, Sendable {
    /// The text without white space at its ends.
    public let text: String

    /// Checks a text. Throws `InvalidValue` of the field `reason`.
    public init(_ text: String) throws(InvalidValue) {
        self.text = try SingleLineText.checked(text, field: .reason, length: Limits.banReason)
    }
}
