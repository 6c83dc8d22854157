public import ChatDomain

/// When people were last there, to read.
public protocol PresenceReading {
    /// Whether the two share a conversation, and when the other was last seen; `nil` for a stranger.
    func acquaintance(_ other: UserID, of user: UserKey) throws -> Acquaintance?
}

/// When people were last there, to write.
public protocol PresenceWriting {
    /// Records when a person was last there.
    func setSeen(_ user: UserID, at moment: Timestamp) throws
}

/// Somebody with whom a person shares a conversation.
public struct Acquaintance: Hashable, Sendable {
    /// Who.
    public let user: UserID
    /// When they were last seen, as far as that was recorded.
    public let seen: Timestamp?

    /// An acquaintance.
    public init(user: UserID, seen: Timestamp?) {
        self.user = user
        self.seen = seen
    }
}
