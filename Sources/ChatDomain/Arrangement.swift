/// How a member has arranged a conversation for themself; nobody else sees it.
public struct Arrangement: Hashable, Sendable {
    /// What they want to be called for.
    public var notify: NotifyLevel
    /// Until when they want to be called for nothing; zero: they want to be called.
    public var mutedUntil: Timestamp
    /// Whether it stands among the first of their list.
    public var isPinned: Bool
    /// Whether it is left out of their list until something new is said in it.
    public var isHidden: Bool

    /// An arrangement; without a word the one of somebody who has arranged nothing.
    public init(
        notify: NotifyLevel = .all, mutedUntil: Timestamp = Timestamp(milliseconds: 0),
        isPinned: Bool = false,
        isHidden: Bool = false
    ) {
        self.notify = notify
        self.mutedUntil = mutedUntil
        self.isPinned = isPinned
        self.isHidden = isHidden
    }
}
