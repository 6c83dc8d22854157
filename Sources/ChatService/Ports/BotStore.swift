public import ChatDomain

/// What kind of program an account is for.
public enum BotKind: Hashable, Sendable {
    /// A program with tokens.
    case program
    /// The voice of a webhook.
    case hook
}

/// Bots, to read.
public protocol BotReading {
    /// The programs with tokens, in any state, by name.
    func bots(limit: Int) throws -> [BotListing]
    /// One of them.
    func bot(_ user: UserKey) throws -> BotListing?
}

/// Bots, to write.
public protocol BotWriting {
    /// Adds an account without a password; `nil` when the username is taken.
    func insertBot(
        id: UserID, username: Username, name: DisplayName, kind: BotKind, by user: UserKey?, at now: Timestamp
    ) throws -> PersonRecord?
}
