public import ChatDomain

/// An invitation with the rooms that it leads to.
public struct InviteRecord: Sendable {
    /// A room that an invitation leads to.
    public struct Room: Sendable {
        /// The store's key.
        public let key: ConversationKey
        /// The room.
        public let id: ConversationID
        /// Its name.
        public let name: String
        /// How many members it has.
        public let members: Int

        /// A room.
        public init(key: ConversationKey, id: ConversationID, name: String, members: Int) {
            self.key = key
            self.id = id
            self.name = name
            self.members = members
        }
    }

    /// The invitation.
    public let listing: InviteListing
    /// Its rooms.
    public let rooms: [Room]

    /// A record.
    public init(listing: InviteListing, rooms: [Room]) {
        self.listing = listing
        self.rooms = rooms
    }
}

/// Invitations, to read.
public protocol InviteReading {
    /// The invitation with this SHA-256, whether it works or not.
    func invite(codeHash: [UInt8]) throws -> InviteRecord?
    /// The newest invitations.
    func invites(limit: Int) throws -> [InviteListing]
}

/// Invitations, to write.
public protocol InviteWriting {
    /// Adds an invitation.
    func insertInvite(
        id: InviteID, codeHash: [UInt8], by user: UserKey, uses: Int, rooms: [ConversationKey],
        createdAt: Timestamp, expiresAt: Timestamp
    ) throws
    /// Takes one use of the invitation; `false` when it does not work at `now`.
    func consumeInvite(codeHash: [UInt8], at now: Timestamp) throws -> Bool
    /// Takes an invitation back; `false` when there is none, or it was taken back before.
    func revokeInvite(_ id: InviteID, at now: Timestamp) throws -> Bool
    /// Removes at most `limit` invitations that expired before `moment`; how many.
    func deleteInvites(expiredBefore moment: Timestamp, limit: Int) throws -> Int
}
