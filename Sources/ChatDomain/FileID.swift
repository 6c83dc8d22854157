/// The public id of a file.
///
/// Text form: `fil_` and 26 characters of lower-case base32; see `docs/realtime-api.md`.
public struct FileID: Hashable, Sendable, CustomStringConvertible {
    private let id: RandomID

    /// An id of 128 bits that the caller took from a cryptographic source.
    public init(bits: UInt128) {
        self.id = RandomID(bits: bits)
    }

    /// Parses the text form; `nil` for anything else.
    public init?(_ text: String) {
        guard let id = RandomID(text, prefix: "fil_") else { return nil }
        self.id = id
    }

    /// The 128 random bits.
    public var bits: UInt128 { id.bits }

    /// The text form, as it stands on the wire.
    public var description: String { id.text(prefix: "fil_") }
}
