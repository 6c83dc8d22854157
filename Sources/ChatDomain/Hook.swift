/// A webhook of a room: another program's way in, or a message's way out.
public struct Hook: Hashable, Sendable {
    /// Which way messages go.
    public enum Direction: Hashable, Sendable {
        /// Whoever knows the address writes into the room.
        case incoming
        /// Messages of the room are posted to an address.
        case outgoing(WebURL, HookMatch)
    }

    /// How the newest delivery went.
    public struct Result: Hashable, Sendable {
        /// When.
        public let at: Timestamp
        /// The status of the answer; nil when there was none.
        public let status: Int?
        /// What went wrong, in words for a person.
        public let error: String?

        /// A result.
        public init(at: Timestamp, status: Int?, error: String?) {
            self.at = at
            self.status = status
            self.error = error
        }
    }

    /// The public id.
    public let id: HookID
    /// Which way messages go.
    public let direction: Direction
    /// Who it speaks as; its name is the hook's.
    public let bot: User
    /// Who made it.
    public let by: User
    /// When.
    public let createdAt: Timestamp
    /// How the newest delivery went.
    public let last: Result?

    /// A webhook.
    public init(
        id: HookID, direction: Direction, bot: User, by: User, createdAt: Timestamp, last: Result?
    ) {
        self.id = id
        self.direction = direction
        self.bot = bot
        self.by = by
        self.createdAt = createdAt
        self.last = last
    }
}
