public import ChatDomain

/// The store's own short number of a webhook; never leaves the server.
public struct HookKey: Hashable, Sendable {
    /// The number.
    public let rawValue: Int64

    /// A key from its number.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// A webhook as it is stored.
public struct HookRecord: Sendable {
    /// The store's key.
    public let key: HookKey
    /// The webhook.
    public let hook: Hook
    /// The room.
    public let conversation: ConversationID
    /// The key of its bot.
    public let bot: UserKey
    /// The SHA-256 of an incoming webhook's secret.
    public let secretHash: [UInt8]
    /// What an outgoing webhook signs with.
    public let signingKey: [UInt8]

    /// A record.
    public init(
        key: HookKey, hook: Hook, conversation: ConversationID, bot: UserKey, secretHash: [UInt8],
        signingKey: [UInt8]
    ) {
        self.key = key
        self.hook = hook
        self.conversation = conversation
        self.bot = bot
        self.secretHash = secretHash
        self.signingKey = signingKey
    }
}

/// A webhook that is about to be stored.
public struct NewHook: Sendable {
    /// The public id.
    public let id: HookID
    /// Which way messages go.
    public let direction: Hook.Direction
    /// What finds the row of an incoming webhook's secret.
    public let secretTag: Int64?
    /// The SHA-256 of an incoming webhook's secret.
    public let secretHash: [UInt8]?
    /// What an outgoing webhook signs with.
    public let signingKey: [UInt8]?
}

/// A message that waits to be posted.
public struct WaitingDelivery: Sendable {
    /// Its place in the queue.
    public let id: Int64
    /// By which webhook.
    public let hook: HookRecord
    /// Which message.
    public let seq: MessageSeq
    /// How often that was tried.
    public let tries: Int

    /// A delivery.
    public init(id: Int64, hook: HookRecord, seq: MessageSeq, tries: Int) {
        self.id = id
        self.hook = hook
        self.seq = seq
        self.tries = tries
    }
}

/// Webhooks and what waits for them, to read.
public protocol HookReading {
    /// The webhooks of a room, the oldest first.
    func hooks(of conversation: ConversationKey) throws -> [HookRecord]
    /// The incoming webhook whose secret has this tag; the caller compares the hash.
    func hook(secretTag tag: Int64) throws -> HookRecord?
    /// How many messages wait for a webhook.
    func waitingDeliveries(of hook: HookKey) throws -> Int
    /// The first message that waits for each webhook, where its time has come.
    func dueDeliveries(at now: Timestamp, limit: Int) throws -> [WaitingDelivery]
    /// When the next message is to be posted.
    func nextDelivery() throws -> Timestamp?
}

/// Webhooks and what waits for them, to write.
public protocol HookWriting {
    /// Adds a webhook.
    func insertHook(
        _ hook: NewHook, in conversation: ConversationKey, bot: UserKey, by user: UserKey, at now: Timestamp
    ) throws
    /// Removes a webhook and what waits for it.
    func deleteHook(_ hook: HookKey) throws
    /// Lets a message wait for a webhook.
    func insertDelivery(of seq: MessageSeq, by hook: HookKey, at now: Timestamp) throws
    /// The delivery is done or given up.
    func deleteDelivery(_ id: Int64) throws
    /// The delivery is to be tried again then.
    func postponeDelivery(_ id: Int64, tries: Int, until moment: Timestamp) throws
    /// Records how the newest delivery went.
    func setResult(_ result: Hook.Result, of hook: HookKey) throws
}
