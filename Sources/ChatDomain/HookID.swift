/// The public id of a webhook. It is not the webhook's secret and opens nothing.
///
/// Text form: `hok_` and 26 characters of lower-case base32.
public struct HookID: Hashable, Sendable, CustomStringConvertible {
    private let id: RandomID

    /// An id of 128 bits that the caller took from a cryptographic source.
    public init(bits: UInt128) {
        self.id = RandomID(bits: bits)
    }

    /// Parses the text form; `nil` for anything else.
    public init?(_ text: String) {
        guard let id = RandomID(text, prefix: "hok_") else { return nil }
        self.id = id
    }

    /// The text form, as it stands on the wire.
    public var description: String { id.text(prefix: "hok_") }
}
