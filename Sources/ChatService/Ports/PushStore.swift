public import ChatDomain

/// Something that a browser is to be told.
public struct WaitingPush: Sendable {
    /// Its place in the queue.
    public let id: Int64
    /// The store's number of the browser.
    public let device: Int64
    /// Whose.
    public let user: UserID
    /// Where it is reached.
    public let target: PushTarget
    /// The message; nil for a test.
    public let message: (conversation: ConversationID, seq: MessageSeq)?
    /// How often that was tried.
    public let tries: Int

    /// Something to be told.
    public init(
        id: Int64, device: Int64, user: UserID, target: PushTarget,
        message: (conversation: ConversationID, seq: MessageSeq)?, tries: Int
    ) {
        self.id = id
        self.device = device
        self.user = user
        self.target = target
        self.message = message
        self.tries = tries
    }
}

/// Push, to read.
public protocol PushReading {
    /// What this server signs with.
    func pushIdentity() throws -> [UInt8]?
    /// The browsers of a person.
    func pushDevices(of user: UserKey) throws -> [PushListing]
    /// The messages of which nobody has been told yet.
    func unspreadPushes(limit: Int) throws -> [(conversation: ConversationKey, seq: MessageSeq)]
    /// Who wants to be told of a message while away: not its author, not who has muted the conversation.
    func peopleToTell(
        of message: Message, in conversation: ConversationKey, at now: Timestamp
    ) throws -> [NamedMember]
    /// What is to be told now.
    func duePushes(at now: Timestamp, limit: Int) throws -> [WaitingPush]
    /// When something is to be told next.
    func nextPush() throws -> Timestamp?
}

/// Push, to write.
public protocol PushWriting {
    /// Keeps what this server signs with.
    func insertPushIdentity(_ key: [UInt8]) throws
    /// Keeps a browser, for as long as the session lives; the same address again replaces what was known of it.
    func insertPushDevice(_ target: PushTarget, of user: UserKey, session: SessionID, at now: Timestamp)
        throws
    /// Forgets a browser of a person; whether there was one.
    func deletePushDevice(_ endpoint: String, of user: UserKey) throws -> Bool
    /// Forgets a browser whose service does not know it any more.
    func deletePushDevice(_ device: Int64) throws
    /// Lets a new message wait for those who are away, where anybody could be told; whether that is so.
    func queuePush(of seq: MessageSeq, in conversation: ConversationKey, except author: UserKey) throws
        -> Bool
    /// Who is to be told is known now.
    func unqueuePush(of seq: MessageSeq, in conversation: ConversationKey) throws
    /// Lets all browsers of a person wait for a message, or for a test.
    func insertPushes(
        of message: (conversation: ConversationKey, seq: MessageSeq)?, to user: UserKey, at now: Timestamp)
        throws
    /// It was told, or is given up.
    func deletePush(_ id: Int64) throws
    /// It is to be told again then.
    func postponePush(_ id: Int64, tries: Int, until moment: Timestamp) throws
    /// Records what a browser's service answered.
    func setPushResult(of device: Int64, status: Int, at now: Timestamp) throws
}
