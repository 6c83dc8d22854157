/// A person as others see them.
public struct User: Hashable, Sendable {
    /// The public id.
    public let id: UserID
    /// The name to sign in with, in lower case.
    public let username: String
    /// The name that others see.
    public let name: String

    /// A person.
    public init(id: UserID, username: String, name: String) {
        self.id = id
        self.username = username
        self.name = name
    }
}
