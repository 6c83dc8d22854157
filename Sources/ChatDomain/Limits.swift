/// The limits that every part of the chat agrees on. Lengths of texts count Unicode scalars.
public enum Limits {
    /// Characters of a username.
    public static let username = 2...32
    /// Characters of a person's name.
    public static let displayName = 1...64
    /// Characters of a password.
    public static let password = 10...256
    /// Characters of a message body.
    public static let body = 1...20_000
    /// Characters of a room's name.
    public static let roomName = 1...80
    /// Characters of a room's topic.
    public static let topic = 0...250
    /// Characters of the reason of a ban.
    public static let banReason = 0...250
    /// Characters of the server's name.
    public static let serverName = 1...64
    /// Characters of a search text.
    public static let searchText = 0...64
    /// Characters of a search in messages.
    public static let messageQuery = 256
    /// Words and phrases of a search in messages.
    public static let queryTerms = 16
    /// Messages in one answer of `search` when the client does not say.
    public static let searchHits = 20
    /// Messages in one answer of `search` at most.
    public static let searchHitsMaximum = 50
    /// Places in one message that an answer of `search` marks.
    public static let searchMarks = 100
    /// Characters of a person's status.
    public static let status = 0...100
    /// Bytes of a person's preferences.
    public static let preferenceBytes = 8 << 10
    /// Characters of the message preview in a conversation summary.
    public static let preview = 200

    /// Messages in one answer of `gap`.
    public static let gapMessages = 200
    /// A hole with more messages than this is not filled: the client drops its window.
    public static let gapReset = 500
    /// Messages in one answer of `page` when the client does not say.
    public static let pageMessages = 50
    /// Messages in one answer of `page` at most.
    public static let pageMessagesMaximum = 200
    /// Entries of one `got`.
    public static let deliveredEntries = 100
    /// People or rooms in one answer of a search when the client does not say.
    public static let searchResults = 50
    /// People or rooms in one answer of a search at most.
    public static let searchResultsMaximum = 200
    /// People added to a room by one request.
    public static let membersPerRequest = 100
    /// Members of a room.
    public static let membersPerRoom = 10_000
    /// Conversations that a person can be in before joining or creating a further room is refused.
    public static let conversationsPerUser = 1_000
    /// Rooms up to this size keep the positions of their members visible to each other.
    public static let membersWithMarks = 50

    /// The other people of a new group.
    public static let groupMembers = 2...49
    /// The other people of a group that its summary holds as values.
    public static let groupPeers = 8
    /// Members in one answer of `room.members` when the client does not say.
    public static let memberPage = 200
    /// Members in one answer of `room.members` at most.
    public static let memberPageMaximum = 1_000
    /// People banned from one room.
    public static let bansPerRoom = 1_000
    /// Conversations that a person can pin.
    public static let pinnedConversations = 100
    /// What the largest upload may be set to, in bytes.
    public static let uploadBytes = 0...(10 << 30)
    /// What the time for editing may be set to, in minutes; 0 for no end.
    public static let editMinutes = 0...525_600
    /// What the time for keeping messages may be set to, in days; 0 for no end.
    public static let retentionDays = 0...36_500

    /// Characters of a file's name.
    public static let fileName = 1...255
    /// Files of one message.
    public static let filesPerMessage = 10
    /// Pixels of an image.
    public static let imagePixels = 40_000_000
    /// Bytes of a small picture.
    public static let thumbnailBytes = 512 << 10
    /// Pixels along each side of a small picture.
    public static let thumbnailSide = 1_600
    /// Bytes of a person's picture.
    public static let avatarBytes = 1 << 20
    /// Files in one answer of `files`.
    public static let filePage = 50

    /// Bytes of an emoji.
    public static let emojiBytes = 32
    /// Different emoji on one message.
    public static let reactionKinds = 20
    /// People of one emoji that a message names.
    public static let reactionPeople = 20
    /// Pinned messages of one conversation.
    public static let pinnedMessages = 100
    /// Names that are looked for in one message.
    public static let mentions = 50
    /// Changed messages in one answer of `gap`.
    public static let gapChanges = 200

    /// Browsers of one person that are told of messages.
    public static let pushDevices = 20

    /// Links of one message that previews are made for.
    public static let previews = 3
    /// Bytes of a page that are read for its preview.
    public static let previewPageBytes = 1 << 20
    /// Bytes of a picture of a preview.
    public static let previewImageBytes = 2 << 20

    /// Bots of a server.
    public static let bots = 1_000
    /// Webhooks of one room.
    public static let hooksPerRoom = 20
    /// Bytes of a webhook's address.
    public static let hookURL = 2_000
    /// Characters of the word that an outgoing webhook waits for.
    public static let hookWord = 1...64
    /// Messages that wait for one outgoing webhook.
    public static let waitingDeliveries = 1_000
    /// Bytes that an incoming webhook takes at once.
    public static let hookBytes = 128 << 10

    /// Hours that an invitation may live.
    public static let inviteHours = 1...8_760
    /// Rooms that an invitation may lead to.
    public static let inviteRooms = 20
    /// Accounts that an invitation may make.
    public static let inviteUses = 1...10_000
}
