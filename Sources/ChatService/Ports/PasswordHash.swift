/// A password's hash in the PHC string format (`$argon2id$v=19$m=...,t=...,p=...$salt$hash`).
public struct PasswordHash: Hashable, Sendable {
    /// The PHC string.
    public let encoded: String

    /// A hash from its PHC string.
    public init(encoded: String) {
        self.encoded = encoded
    }
}
