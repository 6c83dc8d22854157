/// A person as others see them.
public struct User: Hashable, Sendable {
    /// The public id.
    public let id: UserID
    /// The name to sign in with, in lower case.
    public let username: String
    /// The name that others see.
    public let name: String
    /// What they are on this server.
    public let role: AccountRole
    /// Whether the account is in use.
    public let state: AccountState
    /// What they say about themselves just now; empty for nothing.
    public let status: String
    /// Their picture.
    public let avatar: FileID?
    /// Whether it is a program.
    public let isBot: Bool

    /// A person.
    public init(
        id: UserID, username: String, name: String, role: AccountRole = .member,
        state: AccountState = .active, status: String = "", avatar: FileID? = nil,
        isBot: Bool = false
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.role = role
        self.state = state
        self.status = status
        self.avatar = avatar
        self.isBot = isBot
    }
}
