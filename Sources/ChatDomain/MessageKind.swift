/// What a message is. The raw value is the word on the wire.
public enum MessageKind: String, Hashable, Sendable, CaseIterable {
    /// Somebody wrote it.
    case text
    /// The server wrote it: who created, joined, left. Does not count as unread.
    case system
}
