/// A person as administrators see them.
public struct AdminPerson: Hashable, Sendable {
    /// The person.
    public let user: User
    /// When the account was made.
    public let createdAt: Timestamp
    /// When a session of theirs was last used, to the hour.
    public let seenAt: Timestamp?
    /// How many sessions they have.
    public let sessions: Int
    /// Whether signing in asks for a code of an authenticator.
    public let hasTOTP: Bool

    /// A person of a list.
    public init(user: User, createdAt: Timestamp, seenAt: Timestamp?, sessions: Int, hasTOTP: Bool) {
        self.user = user
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.sessions = sessions
        self.hasTOTP = hasTOTP
    }
}
