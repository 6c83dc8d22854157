/// Whether an account may be used. The raw value is the word on the wire.
public enum AccountState: String, Hashable, Sendable, CaseIterable {
    /// In use.
    case active
    /// Thrown out by an administrator.
    case banned
    /// Not in use any more, such as after somebody left the company; nothing is held against the person.
    case deactivated
}
