public import ChatDomain

/// The removal of everything that a person wrote, to read.
public protocol RemovalReading {
    /// The removal that was ordered first, with the next `limit` messages that it concerns.
    func nextRemoval(limit: Int) throws -> Removal?
}

/// The removal of everything that a person wrote, to write.
public protocol RemovalWriting {
    /// Notes that everything that the person wrote up to now is to go; again from the beginning when that is noted already.
    func insertRemoval(of person: UserKey, by administrator: UserKey?, at now: Timestamp) throws
    /// Notes how far a removal has come.
    func setRemoval(of person: UserKey, after conversation: ConversationKey, _ seq: MessageSeq) throws
    /// Forgets a removal that is done.
    func deleteRemoval(of person: UserKey) throws
}

/// A removal under way.
public struct Removal: Sendable {
    /// A message that is to go.
    public struct Item: Sendable {
        /// The store's key of the conversation.
        public let key: ConversationKey
        /// The conversation.
        public let conversation: ConversationID
        /// The message's place there.
        public let seq: MessageSeq

        /// A message.
        public init(key: ConversationKey, conversation: ConversationID, seq: MessageSeq) {
            self.key = key
            self.conversation = conversation
            self.seq = seq
        }
    }

    /// Whose messages.
    public let person: UserKey
    /// The same.
    public let id: UserID
    /// Who ordered it; nil for the console.
    public let by: UserKey?
    /// What is next; empty when it is done.
    public let items: [Item]

    /// A removal.
    public init(person: UserKey, id: UserID, by: UserKey?, items: [Item]) {
        self.person = person
        self.id = id
        self.by = by
        self.items = items
    }
}
