/// What is the same for every member of a room: the `conv.info` event of large rooms.
public struct RoomInfo: Hashable, Sendable {
    /// The room.
    public let id: ConversationID
    /// Public or private.
    public let kind: ConversationKind
    /// Its name.
    public let name: String
    /// What it is about.
    public let topic: String
    /// Its picture.
    public let avatar: FileID?
    /// How many members it has.
    public let members: Int
    /// Whether it can only be read.
    public let isArchived: Bool

    /// What everybody sees of a room that one member sees so.
    public init(_ summary: ConversationSummary) {
        self.id = summary.id
        self.kind = summary.kind
        self.name = summary.name
        self.topic = summary.topic
        self.avatar = summary.avatar
        self.members = summary.members
        self.isArchived = summary.isArchived
    }
}
