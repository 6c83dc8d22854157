public import ChatDomain

/// The chat: one method for each thing that a person can do, each in the file of its name.
///
/// Methods take checked values and a `UserID` that the caller has authenticated, run on the caller's executor, and
/// throw `ChatError` only. What others are to hear of goes to the `Announcer`, after the commit and in commit order.
/// A `Chat` is a value of references: copies are the same chat.
public struct Chat: Sendable {
    let store: any ChatStore
    let clock: any ChatClock
    let random: any RandomSource
    let hasher: any PasswordHasher
    let announcer: any Announcer
    let depot: FileDepot?
    let uploadCount = UploadCount()
    let sessions: SessionLifetime
    let sendLimiter: UserLimiter
    let actionLimiter: UserLimiter
    let attemptLimiter: AttemptLimiter
    let codeLimiter: UserLimiter
    let requestLimiter: UserLimiter
    let secretLimiter: AttemptLimiter
    let deliveries = WakeUp()
    let previews = WakeUp()
    let pushes = WakeUp()

    /// A chat over a store.
    ///
    /// - Parameters:
    ///   - store: Where everything is kept.
    ///   - clock: The time.
    ///   - random: Ids, tokens and codes.
    ///   - hasher: Passwords.
    ///   - announcer: Who tells people what happened.
    ///   - files: Where files lie; without it the chat takes none.
    ///   - limits: How often people may do things.
    ///   - sessions: How long sessions live.
    public init(
        store: any ChatStore,
        clock: any ChatClock = SystemClock(),
        random: any RandomSource = SystemRandomSource(),
        hasher: any PasswordHasher = Argon2PasswordHasher(),
        announcer: any Announcer,
        files: FileDepot? = nil,
        limits: RateLimits = RateLimits(),
        sessions: SessionLifetime = SessionLifetime()
    ) {
        self.store = store
        self.clock = clock
        self.random = random
        self.hasher = hasher
        self.announcer = announcer
        self.depot = files
        self.sessions = sessions
        self.sendLimiter = UserLimiter(limits.sends)
        self.actionLimiter = UserLimiter(limits.actions)
        self.codeLimiter = UserLimiter(limits.codesPerAccount)
        self.requestLimiter = UserLimiter(limits.requests)
        self.secretLimiter = AttemptLimiter(
            perAccount: limits.attemptsPerAccount, perAddress: limits.attemptsPerAddress)
        self.attemptLimiter = AttemptLimiter(
            perAccount: limits.attemptsPerAccount, perAddress: limits.attemptsPerAddress)
    }

    /// Changes when counters could have gone back: clients then drop every cache.
    public var epoch: String { store.epoch }

    /// This moment, by the chat's clock.
    public var now: Timestamp { clock.now() }
}
