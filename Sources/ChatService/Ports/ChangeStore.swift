public import ChatDomain

/// Messages that changed after they were sent, and what hangs on them, to read.
public protocol ChangeReading {
    /// The message, as it stands now.
    func message(_ seq: MessageSeq, of conversation: ConversationRecord) throws -> Message?
    /// The first `limit` messages that changed after `rev`, in the order of their newest changes.
    func changedMessages(
        of conversation: ConversationRecord, after rev: Int64, first limit: Int
    ) throws -> [Message]
    /// The newest change that is no longer kept: who knows none after it cannot be told what is missing.
    func changesFloor(of conversation: ConversationKey) throws -> Int64
    /// Every body that the message had, the present one last; empty when it was deleted.
    func versions(of seq: MessageSeq, in conversation: ConversationKey) throws -> [MessageVersion]
    /// The last `limit` replies to a message that stand before `end`, in rising order, without deleted ones.
    func replies(
        to seq: MessageSeq, of conversation: ConversationRecord, before end: MessageSeq?, last limit: Int
    ) throws -> [Message]
    /// Pinned messages, the one pinned last first.
    func pins(of conversation: ConversationKey, limit: Int) throws -> [Message]
    /// How many messages are pinned.
    func pinCount(of conversation: ConversationKey) throws -> Int
    /// How many different emoji a message has, this one aside.
    func reactionKinds(of seq: MessageSeq, in conversation: ConversationKey, except emoji: Emoji) throws
        -> Int
    /// The newest messages that name the person, or everybody in a conversation of theirs, below the number `end`.
    func mentions(of user: UserKey, before end: Int64?, limit: Int) throws -> [NumberedMessage]
    /// How many messages above `seq` name the person or everybody; counted up to a thousand.
    func mentionCount(of user: UserKey, in conversation: ConversationKey, after seq: MessageSeq) throws -> Int
    /// How many messages above `seq` the person wrote; counted up to ten thousand.
    func ownCount(of user: UserKey, in conversation: ConversationKey, after seq: MessageSeq) throws -> Int64
    /// The members who are called so, in the order of the names.
    func members(named names: Set<String>, of conversation: ConversationKey) throws -> [NamedMember]
    /// What the person used the `mid` for.
    func changeKey(of user: UserKey, mid: ChangeID) throws -> ChangeKey?
}

/// Messages that change, to write. None of these methods gives the change a number: ``nextRev(changing:in:at:)`` does.
public protocol ChangeWriting {
    /// Gives a change of a message the next number of the conversation.
    func nextRev(changing seq: MessageSeq, in conversation: ConversationKey, at now: Timestamp) throws
        -> Int64
    /// Puts another body in place of the present one, which is kept as a version; the new version's number.
    func replaceBody(
        of seq: MessageSeq, in conversation: ConversationKey, with body: MessageBody, at now: Timestamp
    ) throws -> Int64
    /// Leaves only the place of a message: body, versions, reactions, pin and mentions go. `deleter` when that is not
    /// the author.
    func tombstone(_ seq: MessageSeq, in conversation: ConversationKey, by deleter: UserKey?) throws
    /// Adds or takes back a reaction; whether that changed anything.
    func react(
        _ emoji: Emoji, _ isOn: Bool, to seq: MessageSeq, in conversation: ConversationKey, by user: UserKey
    ) throws -> Bool
    /// Pins or unpins; whether that changed anything.
    func pin(
        _ isOn: Bool, _ seq: MessageSeq, in conversation: ConversationKey, by user: UserKey, at now: Timestamp
    ) throws -> Bool
    /// Counts a reply more (`by` is 1) or less (-1).
    func countReply(to seq: MessageSeq, from reply: MessageSeq, in conversation: ConversationKey, by: Int)
        throws
    /// Replaces the people whom a message names.
    func setMentions(
        _ members: [NamedMember], all: Bool, of seq: MessageSeq, in conversation: ConversationKey
    ) throws
    /// Moves a read position by hand.
    func setRead(
        of user: UserKey, in conversation: ConversationKey, to read: MessageSeq, readCount: Int64,
        revision: Int64
    ) throws
    /// Remembers what the person used the `mid` for.
    func insertChangeKey(_ key: ChangeKey, of user: UserKey, mid: ChangeID, at now: Timestamp) throws
    /// Forgets about `limit` uses of a `mid` from before `moment`, the oldest ones; how many.
    func deleteChangeKeys(before moment: Timestamp, limit: Int) throws -> Int
    /// Forgets about `limit` changes from before `moment`, the oldest ones, and remembers up to where; how many.
    func deleteChanges(before moment: Timestamp, limit: Int) throws -> Int
}

/// A message in a list that goes over all conversations.
public struct NumberedMessage: Hashable, Sendable {
    /// Its place in that list: later ones have higher numbers.
    public let number: Int64
    /// The message.
    public let message: Message

    /// A message with its number.
    public init(number: Int64, message: Message) {
        self.number = number
        self.message = message
    }
}

/// A member whom a message names.
public struct NamedMember: Hashable, Sendable {
    /// The store's key.
    public let key: UserKey
    /// The member.
    public let id: UserID

    /// A member.
    public init(key: UserKey, id: UserID) {
        self.key = key
        self.id = id
    }
}

/// What a person's `mid` was used for, and what came of it.
public struct ChangeKey: Hashable, Sendable {
    /// The fingerprint of the request.
    public let fingerprint: Int64
    /// The change's number.
    public let rev: Int64
    /// The message's version after it.
    public let version: Int64

    /// What a `mid` was used for.
    public init(fingerprint: Int64, rev: Int64, version: Int64) {
        self.fingerprint = fingerprint
        self.rev = rev
        self.version = version
    }
}
