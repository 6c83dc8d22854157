public import ChatDomain

/// Groups, roles and what keeps a room in order, to read.
public protocol RoomReading {
    /// The group that has exactly these members.
    func group(of members: [UserKey]) throws -> ConversationKey?
    /// A person's membership; `nil` for a stranger.
    func membership(of user: UserKey, in conversation: ConversationKey) throws -> MembershipRecord?
    /// How many owners a room has.
    func ownerCount(of conversation: ConversationKey) throws -> Int
    /// Whether the person may not come into the room.
    func isBanned(_ user: UserKey, from conversation: ConversationKey) throws -> Bool
    /// Who may not come into the room, the newest ban first.
    func bans(from conversation: ConversationKey, limit: Int) throws -> [Ban]
    /// Members whose name or username contains the text, by name, those after the member `after`.
    func members(
        of conversation: ConversationKey, matching text: SearchText, role: Role?, after: UserID?, limit: Int
    ) throws -> [Member]
    /// How many conversations the person has pinned.
    func pinnedCount(of user: UserKey) throws -> Int
}

/// Groups, roles and what keeps a room in order, to write.
public protocol RoomWriting {
    /// Adds a group with its members.
    func insertGroup(
        id: ConversationID, members: [UserKey], by user: UserKey, at now: Timestamp
    ) throws -> ConversationKey
    /// From now on the conversation is not the one that its set of people opens.
    func releaseGroup(_ conversation: ConversationKey) throws
    /// Names a conversation; an empty name is none.
    func rename(_ conversation: ConversationKey, to name: String) throws
    /// Says what a room is about.
    func setTopic(of conversation: ConversationKey, to topic: Topic) throws
    /// Makes a room public or private.
    func setKind(of conversation: ConversationKey, to kind: ConversationKind) throws
    /// Makes a room readable only, or brings it back (`nil`).
    func setArchived(_ conversation: ConversationKey, at moment: Timestamp?) throws
    /// Gives a member a role.
    func setRole(of user: UserKey, in conversation: ConversationKey, to role: Role) throws
    /// Lets a member write nothing until then.
    func silence(_ user: UserKey, in conversation: ConversationKey, until moment: Timestamp) throws
    /// Keeps somebody out of a room.
    func insertBan(
        of user: UserKey, from conversation: ConversationKey, by actor: UserKey, reason: BanReason,
        at now: Timestamp
    ) throws
    /// Lets somebody into a room again; whether they were kept out.
    func deleteBan(of user: UserKey, from conversation: ConversationKey) throws -> Bool
    /// Arranges a conversation for one member.
    func arrange(_ conversation: ConversationKey, for user: UserKey, as arrangement: Arrangement) throws
}
