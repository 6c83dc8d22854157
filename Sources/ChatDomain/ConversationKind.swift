/// What a conversation is. The raw value is the word on the wire.
public enum ConversationKind: String, Hashable, Sendable, CaseIterable {
    /// Notes to self: one member, forever.
    case notes = "self"
    /// Two people, forever.
    case direct
    /// A few people without a room around them: nobody is above another, nobody is added, anybody may leave.
    case group
    /// A room that everybody on the server can find and join.
    case publicRoom = "public"
    /// A room that is visible to its members only; they add others.
    case privateRoom = "private"

    /// Whether people join it and some of them have a say over others.
    public var isRoom: Bool {
        switch self {
        case .publicRoom, .privateRoom: true
        case .notes, .direct, .group: false
        }
    }
}
