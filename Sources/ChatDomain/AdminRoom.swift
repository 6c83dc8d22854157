/// A room as administrators see it: what it is and how large, not what is said in it.
public struct AdminRoom: Hashable, Sendable {
    /// The room.
    public let id: ConversationID
    /// Its name.
    public let name: String
    /// Public or private.
    public let kind: ConversationKind
    /// How many members.
    public let members: Int
    /// How many messages.
    public let messages: Int64
    /// When it was made.
    public let createdAt: Timestamp
    /// Whether it can only be read.
    public let isArchived: Bool
    /// An owner; nobody in an empty room.
    public let owner: User?

    /// A room of a list.
    public init(
        id: ConversationID, name: String, kind: ConversationKind, members: Int, messages: Int64,
        createdAt: Timestamp, isArchived: Bool, owner: User?
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.members = members
        self.messages = messages
        self.createdAt = createdAt
        self.isArchived = isArchived
        self.owner = owner
    }
}
