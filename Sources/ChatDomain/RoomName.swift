/// The name of a room: 1...80 characters on one line.
public struct RoomName: Hashable, Sendable {
    /// The text without white space at its ends.
    public let text: String

    /// Checks a text. Throws `InvalidValue` of the field `roomName`.
    public init(_ text: String) throws(InvalidValue) {
        self.text = try SingleLineText.checked(text, field: .roomName, length: Limits.roomName)
    }
}
