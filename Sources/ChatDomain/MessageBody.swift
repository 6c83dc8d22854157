/// The text of a message: 1...20,000 characters, not only white space.
///
/// White space at its ends belongs to the message and stays; a NUL is refused.
public struct MessageBody: Hashable, Sendable {
    /// The text as sent.
    public let text: String

    /// No text: of a message that is files only.
    public static let none = MessageBody()

    private init() {
        self.text = ""
    }

    /// Checks a text. Throws `InvalidValue` of the field `body`; `tooLong` becomes the code `too_long`.
    public init(_ text: String) throws(InvalidValue) {
        var count = 0
        var blank = true
        for scalar in text.unicodeScalars {
            guard scalar.value != 0 else { throw InvalidValue(.body, .forbiddenCharacter) }
            count += 1
            guard count <= Limits.body.upperBound else {
                throw InvalidValue(.body, .tooLong(maximum: Limits.body.upperBound))
            }
            if blank && !scalar.properties.isWhitespace { blank = false }
        }
        guard !blank else { throw InvalidValue(.body, .tooShort(minimum: Limits.body.lowerBound)) }
        self.text = text
    }
}
