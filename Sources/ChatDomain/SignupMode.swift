/// Who may make an account.
public enum SignupMode: String, Hashable, Sendable, CaseIterable {
    /// Everybody who reaches the server.
    case open
    /// Whoever holds an invitation.
    case invite
}
