/// A person as they see themselves.
public struct Account: Hashable, Sendable {
    /// The person.
    public let user: User
    /// Whether they administrate this server.
    public let isAdmin: Bool

    /// An account.
    public init(user: User, isAdmin: Bool) {
        self.user = user
        self.isAdmin = isAdmin
    }
}
