/// A public room as the list of rooms shows it.
public struct RoomListing: Hashable, Sendable {
    /// The room.
    public let id: ConversationID
    /// Its name.
    public let name: String
    /// What it is about.
    public let topic: String
    /// How many members it has.
    public let members: Int
    /// Whether the person who asked is one of them.
    public let isJoined: Bool

    /// A listing.
    public init(id: ConversationID, name: String, topic: String, members: Int, isJoined: Bool) {
        self.id = id
        self.name = name
        self.topic = topic
        self.members = members
        self.isJoined = isJoined
    }
}
