/// An invitation as administrators see it; its code is known to nobody but whoever got the link.
public struct InviteListing: Hashable, Sendable {
    /// A room that an invitation leads to.
    public struct Room: Hashable, Sendable {
        /// The room.
        public let id: ConversationID
        /// Its name.
        public let name: String

        /// A room.
        public init(id: ConversationID, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// The invitation.
    public let id: InviteID
    /// Who made it.
    public let by: User
    /// When.
    public let createdAt: Timestamp
    /// When it expires.
    public let expiresAt: Timestamp
    /// How often it can be used.
    public let uses: Int
    /// How often it was used.
    public let used: Int
    /// When it was revoked, if it was.
    public let revokedAt: Timestamp?
    /// The rooms that it leads to.
    public let rooms: [Room]

    /// An invitation of a list.
    public init(
        id: InviteID, by: User, createdAt: Timestamp, expiresAt: Timestamp, uses: Int, used: Int,
        revokedAt: Timestamp?, rooms: [Room]
    ) {
        self.id = id
        self.by = by
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.uses = uses
        self.used = used
        self.revokedAt = revokedAt
        self.rooms = rooms
    }

    /// Why it does not work at `now`; nil when it does.
    public func problem(at now: Timestamp) -> InviteProblem? {
        if revokedAt != nil { return .revoked }
        if used >= uses { return .used }
        return expiresAt > now ? nil : .expired
    }
}
