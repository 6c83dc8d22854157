/// The name that a program gives a request, so that a repetition does nothing new: 1...255 characters of visible ASCII.
public struct IdempotencyKey: Hashable, Sendable {
    /// The text.
    public let text: String

    /// Checks a text. Throws `InvalidValue` of the field `idempotency key`.
    public init(_ text: String) throws(InvalidValue) {
        guard !text.isEmpty else { throw InvalidValue(.idempotencyKey, .tooShort(minimum: 1)) }
        guard text.utf8.count <= 255 else { throw InvalidValue(.idempotencyKey, .tooLong(maximum: 255)) }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw InvalidValue(.idempotencyKey, .forbiddenCharacter)
        }
        self.text = text
    }
}
