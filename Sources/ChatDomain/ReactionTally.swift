/// Who reacted to a message with one emoji.
public struct ReactionTally: Hashable, Sendable {
    /// The emoji.
    public let emoji: String
    /// How many people.
    public let count: Int
    /// The first of them, at most `Limits.reactionPeople`.
    public let people: [UserID]

    /// A tally.
    public init(emoji: String, count: Int, people: [UserID]) {
        self.emoji = emoji
        self.count = count
        self.people = people
    }
}
