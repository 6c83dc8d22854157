/// The name of this server: 1...64 characters on one line.
public struct ServerName: Hashable, Sendable {
    /// The text without white space at its ends.
    public let text: String

    /// Checks a text. Throws `InvalidValue` of the field `serverName`.
    public init(_ text: String) throws(InvalidValue) {
        self.text = try SingleLineText.checked(text, field: .serverName, length: Limits.serverName)
    }
}
