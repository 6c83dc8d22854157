/// What of a conversation a member wants to be called for. The raw value is the word on the wire.
public enum NotifyLevel: String, Hashable, Sendable, CaseIterable {
    /// Every message.
    case all
    /// Messages that name the member.
    case mentions
    /// Nothing.
    case none
}
