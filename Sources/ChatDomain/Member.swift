/// A member of a conversation.
public struct Member: Hashable, Sendable {
    /// The person.
    public let user: User
    /// What they are there.
    public let role: Role
    /// Since when.
    public let joinedAt: Timestamp
    /// Until when a moderator lets them write nothing; zero: they may write.
    public let silencedUntil: Timestamp

    /// A member.
    public init(user: User, role: Role, joinedAt: Timestamp, silencedUntil: Timestamp) {
        self.user = user
        self.role = role
        self.joinedAt = joinedAt
        self.silencedUntil = silencedUntil
    }
}
