/// A member of a conversation.
public struct Member: Hashable, Sendable {
    /// The person.
    public let user: User
    /// What they are there.
    public let role: Role

    /// A member.
    public init(user: User, role: Role) {
        self.user = user
        self.role = role
    }
}
