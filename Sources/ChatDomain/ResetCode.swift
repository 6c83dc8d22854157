/// The secret of a link that sets a new password: 128 random bits, 26 characters of lower-case base32. The server keeps
/// its SHA-256 only.
public struct ResetCode: Sendable, CustomStringConvertible {
    private let id: RandomID

    /// A code of 128 bits from a cryptographic source.
    public init(bits: UInt128) {
        self.id = RandomID(bits: bits)
    }

    /// Parses the text form; `nil` for anything else.
    public init?(_ text: String) {
        guard let id = RandomID(text, prefix: "") else { return nil }
        self.id = id
    }

    /// The secret text, for the link.
    public var text: String { id.text(prefix: "") }

    /// Never the secret.
    public var description: String { "ResetCode(...)" }
}
