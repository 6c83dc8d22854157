public import ChatDomain

/// A person or program of another server.
public struct ImportedPerson: Sendable {
    /// What the other server calls them.
    public let ref: String
    /// The name that they signed in with there.
    public let username: String
    /// The name that others saw.
    public let name: String
    /// Whether it is a program.
    public let isBot: Bool

    /// A person.
    public init(ref: String, username: String, name: String, isBot: Bool = false) {
        self.ref = ref
        self.username = username
        self.name = name
        self.isBot = isBot
    }
}

/// A conversation of another server.
public struct ImportedConversation: Sendable {
    /// What it is.
    public enum Kind: Sendable {
        /// A room.
        case room(name: String, topic: String, isPublic: Bool, isArchived: Bool)
        /// A conversation of one, two or a few people.
        case direct
    }

    /// What the other server calls it.
    public let ref: String
    /// What it is.
    public let kind: Kind
    /// Its members, by what the other server calls them.
    public let members: [String]
    /// Who made it.
    public let owner: String?
    /// When.
    public let createdAt: Timestamp

    /// A conversation.
    public init(ref: String, kind: Kind, members: [String], owner: String?, createdAt: Timestamp) {
        self.ref = ref
        self.kind = kind
        self.members = members
        self.owner = owner
        self.createdAt = createdAt
    }
}

/// A file of another server's message.
public struct ImportedFile: Sendable {
    /// What the other server calls it.
    public let ref: String
    /// What it is called.
    public let name: String
    /// Where it lies in the archive; nil when it is not there.
    public let place: String?
    /// Where it was to be had; for when it cannot be taken.
    public let link: String?

    /// A file.
    public init(ref: String, name: String, place: String?, link: String?) {
        self.ref = ref
        self.name = name
        self.place = place
        self.link = link
    }
}

/// A message of another server.
public struct ImportedMessage: Sendable {
    /// What the other server calls it; unique among all of its messages.
    public let ref: String
    /// Who wrote it.
    public let sender: String
    /// The name that stood over it, where that was not the sender's.
    public var alias: String?
    /// When.
    public let sentAt: Timestamp
    /// The text, in our form.
    public var body: String
    /// What it replies to.
    public var replyTo: String?
    /// When it was changed last.
    public var editedAt: Timestamp?
    /// Emoji, and who used them.
    public var reactions: [(emoji: Emoji, people: [String])] = []
    /// Its files.
    public var files: [ImportedFile] = []

    /// A message.
    public init(ref: String, sender: String, sentAt: Timestamp, body: String) {
        self.ref = ref
        self.sender = sender
        self.sentAt = sentAt
        self.body = body
    }
}
