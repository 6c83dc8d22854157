/// What a person is on this server. The raw value is the word on the wire.
public enum AccountRole: String, Hashable, Sendable, CaseIterable {
    /// Administrates the server.
    case admin
    /// Everybody else.
    case member
}
