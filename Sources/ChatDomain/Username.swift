/// The name that a person signs in with: 2...32 characters `a-z 0-9 . _ -`, the first one a letter or digit.
///
/// Usernames are compared without case: the value holds the lower-case form.
public struct Username: Hashable, Sendable {
    /// The lower-case text.
    public let text: String

    /// Parses a username; white space at the ends is dropped. Throws `InvalidValue` of the field `username`.
    public init(_ text: String) throws(InvalidValue) {
        var lowered: [UInt8] = []
        for byte in SingleLineText.trimming(text).utf8 {
            let first = lowered.isEmpty
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                lowered.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                lowered.append(byte | 0x20)
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                guard !first else { throw InvalidValue(.username, .forbiddenCharacter) }
                lowered.append(byte)
            default:
                throw InvalidValue(.username, .forbiddenCharacter)
            }
            guard lowered.count <= Limits.username.upperBound else {
                throw InvalidValue(.username, .tooLong(maximum: Limits.username.upperBound))
            }
        }
        guard lowered.count >= Limits.username.lowerBound else {
            throw InvalidValue(.username, .tooShort(minimum: Limits.username.lowerBound))
        }
        self.text = String(decoding: lowered, as: UTF8.self)
    }
}
