/// A bot as administrators see it.
public struct BotListing: Hashable, Sendable {
    /// The bot.
    public let user: User
    /// When it was made.
    public let createdAt: Timestamp
    /// Who made it; nobody where that was done at the console.
    public let by: User?
    /// When its token was last used, as far as that is recorded.
    public let seenAt: Timestamp?
    /// How many conversations it is in.
    public let rooms: Int

    /// A bot.
    public init(user: User, createdAt: Timestamp, by: User?, seenAt: Timestamp?, rooms: Int) {
        self.user = user
        self.createdAt = createdAt
        self.by = by
        self.seenAt = seenAt
        self.rooms = rooms
    }
}
