/// The `mid` of a change: a UUID that the client chose before its first attempt and keeps for all attempts.
///
/// One person's `mid` names at most one change.
public struct ChangeID: Hashable, Sendable, CustomStringConvertible {
    private let id: ClientMessageID

    /// An id from its 128 bits.
    public init(bits: UInt128) {
        self.id = ClientMessageID(bits: bits)
    }

    /// Parses the 36-character text form. Throws `InvalidValue` (field `mid`, problem `malformed`) for anything else.
    public init(_ text: String) throws(InvalidValue) {
        do {
            self.id = try ClientMessageID(text)
        } catch {
            throw InvalidValue(.mid, .malformed)
        }
    }

    /// The 16 bytes of the UUID as one big-endian number.
    public var bits: UInt128 { id.bits }

    /// The 36-character text form in lower case.
    public var description: String { id.description }
}
