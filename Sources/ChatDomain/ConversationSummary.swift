/// A conversation as one of its members sees it: the `Conv` of `docs/realtime-api.md`.
public struct ConversationSummary: Hashable, Sendable {
    /// The conversation.
    public let id: ConversationID
    /// What it is.
    public let kind: ConversationKind
    /// The room's name; of a direct conversation the other person's name, of notes to self one's own.
    public let name: String
    /// What a room is about; empty elsewhere.
    public let topic: String
    /// The picture of a group or room.
    public var avatar: FileID?
    /// The other person of a direct conversation.
    public let peer: User?
    /// The others of a group, at most `Limits.groupPeers`; `nil` elsewhere.
    public let peers: [User]?
    /// What this member is.
    public let role: Role
    /// How many members it has.
    public let members: Int
    /// The newest message; zero when there is none.
    public let seq: MessageSeq
    /// The newest change to messages already sent.
    public let rev: Int64
    /// Up to where this member has read.
    public let read: MessageSeq
    /// Up to where messages reached one of this member's devices.
    public let delivered: MessageSeq
    /// Other people's messages above `read`; system messages do not count.
    public let unread: Int
    /// Messages above `read` that name this member, or everybody.
    public let mentions: Int
    /// How often this member has moved `read` by hand.
    public let readRevision: Int64
    /// The newest message, shortened.
    public let last: MessagePreview?
    /// The other members' positions, where members share them; `nil` where they do not.
    public let marks: [MemberPositions]?
    /// How this member has arranged it.
    public let arrangement: Arrangement
    /// Whether it can only be read.
    public let isArchived: Bool
    /// Until when a moderator lets this member write nothing; zero: they may write.
    public let silencedUntil: Timestamp
    /// The oldest message that is still kept.
    public let firstSeq: MessageSeq

    /// A summary.
    public init(
        id: ConversationID, kind: ConversationKind, name: String, topic: String, peer: User?,
        peers: [User]? = nil, role: Role, members: Int, seq: MessageSeq, rev: Int64, read: MessageSeq,
        delivered: MessageSeq, unread: Int,
        last: MessagePreview?, marks: [MemberPositions]?, arrangement: Arrangement = Arrangement(),
        isArchived: Bool = false, silencedUntil: Timestamp = Timestamp(milliseconds: 0),
        firstSeq: MessageSeq = MessageSeq(1), mentions: Int = 0, readRevision: Int64 = 0
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.topic = topic
        self.peer = peer
        self.peers = peers
        self.role = role
        self.members = members
        self.seq = seq
        self.rev = rev
        self.read = read
        self.delivered = delivered
        self.unread = unread
        self.mentions = mentions
        self.readRevision = readRevision
        self.last = last
        self.marks = marks
        self.arrangement = arrangement
        self.isArchived = isArchived
        self.silencedUntil = silencedUntil
        self.firstSeq = firstSeq
    }
}
