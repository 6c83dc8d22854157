public import ChatDomain

/// Conversations and memberships, to read.
public protocol ConversationReading {
    /// The person before the conversation; `nil` when either does not exist.
    func access(of user: UserID, to conversation: ConversationID) throws -> Access?
    /// The conversations of a person, as they see them.
    func summaries(of user: UserKey) throws -> [ConversationSummary]
    /// A conversation as a member sees it; `nil` for a stranger.
    func summary(of conversation: ConversationKey, for user: UserKey) throws -> ConversationSummary?
    /// A conversation as each of its members sees it: for conversations of few members.
    func summaries(ofMembersOf conversation: ConversationKey) throws -> [(user: UserID, ConversationSummary)]
    /// What the clients of a person must agree with.
    func digest(of user: UserID) throws -> StateDigest
    /// The ids of a person's conversations.
    func conversations(of user: UserID) throws -> [ConversationID]
    /// How many conversations a person is in.
    func conversationCount(of user: UserKey) throws -> Int
    /// Public rooms, archived or not, whose name or topic contains the text, by name.
    func rooms(matching text: SearchText, archived: Bool, for user: UserID, limit: Int) throws
        -> [RoomListing]
    /// Whether the person is a member.
    func isMember(_ user: UserKey, of conversation: ConversationKey) throws -> Bool
    /// The direct conversation of two people, or the notes of one (twice the same key).
    func direct(between one: UserKey, and other: UserKey) throws -> ConversationKey?
    /// Who inherits a room: the moderator who has been there longest, or else the member.
    func heir(of conversation: ConversationKey) throws -> UserKey?
}

/// Conversations and memberships, to write.
public protocol ConversationWriting {
    /// Adds a room without members.
    func insertRoom(
        id: ConversationID, kind: ConversationKind, name: RoomName, topic: Topic, owner: UserKey,
        at now: Timestamp
    ) throws -> ConversationKey
    /// Adds a direct conversation, or notes (twice the same key), with its members.
    func insertDirect(
        id: ConversationID, between one: UserKey, and other: UserKey, at now: Timestamp
    ) throws -> ConversationKey
    /// Adds a member who has read and received everything up to the newest message.
    func insertMembership(
        of user: UserKey, in conversation: ConversationKey, role: Role, at now: Timestamp
    ) throws
    /// Removes a member.
    func deleteMembership(of user: UserKey, in conversation: ConversationKey) throws
    /// Sets a member's positions.
    func setPositions(
        of user: UserKey, in conversation: ConversationKey, read: MessageSeq, readCount: Int64,
        delivered: MessageSeq
    ) throws
}
