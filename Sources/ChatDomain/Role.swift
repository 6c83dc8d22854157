/// What a member is in a conversation. The raw value is the word on the wire.
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Created the room, or inherited it.
    case owner
    /// Everybody else.
    case member
}
