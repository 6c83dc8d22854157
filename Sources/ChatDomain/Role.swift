/// What a member is in a conversation. The raw value is the word on the wire.
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Created the room, inherited it, or was made one.
    case owner
    /// Keeps order in a room.
    case moderator
    /// Everybody else.
    case member

    /// Whether somebody of this role may act upon somebody of the other: upon those below only.
    public func outranks(_ other: Role) -> Bool { rank > other.rank }

    private var rank: Int {
        switch self {
        case .owner: 2
        case .moderator: 1
        case .member: 0
        }
    }
}
