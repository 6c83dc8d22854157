/// Why an invitation does not work. The raw value is the word on the wire.
public enum InviteProblem: String, Hashable, Sendable, CaseIterable {
    /// It is too old.
    case expired
    /// All its uses are gone.
    case used
    /// An administrator took it back.
    case revoked
    /// There never was such an invitation, or it is forgotten.
    case unknown
}
