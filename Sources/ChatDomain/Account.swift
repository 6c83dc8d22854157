/// A person as they see themselves.
public struct Account: Hashable, Sendable {
    /// The person.
    public let user: User

    /// An account.
    public init(user: User) {
        self.user = user
    }

    /// Whether they administrate this server.
    public var isAdmin: Bool { user.role == .admin }
}
