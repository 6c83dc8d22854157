/// A password as a person typed it: 10...256 characters, nothing trimmed, not printable.
public struct Password: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The bytes to hash.
    public let utf8: [UInt8]

    /// Checks the length only: for signing in, where the stored hash decides. Throws `InvalidValue` of the field
    /// `password`.
    public init(_ text: String) throws(InvalidValue) {
        let count = text.unicodeScalars.count
        guard count >= Limits.password.lowerBound else {
            throw InvalidValue(.password, .tooShort(minimum: Limits.password.lowerBound))
        }
        guard count <= Limits.password.upperBound else {
            throw InvalidValue(.password, .tooLong(maximum: Limits.password.upperBound))
        }
        self.utf8 = Array(text.utf8)
    }

    /// Checks that a new password is not among the first guesses: neither the username nor a repetition, nor on the
    /// list of common passwords. Throws `InvalidValue` (`guessable`).
    public func checkStrength(for username: Username) throws(InvalidValue) {
        let folded = String(decoding: utf8, as: UTF8.self).lowercased()
        let distinct = Set(folded.unicodeScalars).count
        guard distinct > 3, folded != username.text, !CommonPasswords.contain(folded) else {
            throw InvalidValue(.password, .guessable)
        }
    }

    /// Never the password.
    public var description: String { "Password(...)" }
    /// Never the password.
    public var debugDescription: String { description }
}
