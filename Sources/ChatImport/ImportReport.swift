/// What an import did, or would do.
public struct ImportReport: Sendable {
    /// Accounts that were made.
    public var newPeople = 0
    /// Accounts that were here under the same username.
    public var matchedPeople = 0
    /// Conversations that were made.
    public var conversations = 0
    /// Messages that were added.
    public var messages = 0
    /// Those of them that reply to another one.
    public var replies = 0
    /// Reactions to them.
    public var reactions = 0
    /// Files that were kept.
    public var files = 0
    /// What an earlier import had brought.
    public var knownMessages = 0
    /// What was not taken, and how often.
    public var left: [String: Int] = [:]

    /// No import.
    public init() {}

    /// Notes something that was not taken.
    mutating func leave(_ what: String, _ count: Int = 1) {
        if count > 0 { left[what, default: 0] += count }
    }

    /// Lines for a person.
    public var lines: [String] {
        var lines = [
            "people: \(newPeople) new, \(matchedPeople) who were here under the same username",
            "conversations: \(conversations) new",
            "messages: \(messages) new, \(knownMessages) known; \(replies) replies, \(reactions) reactions, \(files) files",
        ]
        for (what, count) in left.sorted(by: { $0.key < $1.key }) {
            lines.append("not taken: \(count) × \(what)")
        }
        return lines
    }
}
