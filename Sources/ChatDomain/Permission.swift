/// Who may do what: pure functions over a person's standing.
public enum Permission: Hashable, Sendable {
    /// Go ahead.
    case allowed
    /// Answer as if the conversation did not exist (`not_found`): strangers learn nothing about it.
    case hidden
    /// Answer `forbidden`: the person knows the conversation but may not do this.
    case forbidden

    /// Something that a person can do to a conversation.
    public enum Action: Hashable, Sendable, CaseIterable {
        /// Read messages, positions and the summary.
        case read
        /// Send a message.
        case send
        /// Become a member by oneself.
        case join
        /// Stop being a member.
        case leave
        /// Add other people.
        case addMembers
        /// See who is a member.
        case listMembers
    }

    /// What a person is to a conversation.
    public enum Standing: Hashable, Sendable {
        /// Not a member, whatever they were before.
        case stranger
        /// A member.
        case member(Role)
    }

    /// Decides about a conversation of `kind` for a person of `standing`.
    public static func decide(_ action: Action, kind: ConversationKind, standing: Standing) -> Permission {
        switch standing {
        case .stranger:
            action == .join && kind == .publicRoom ? .allowed : .hidden
        case .member:
            switch action {
            case .read, .send, .listMembers: .allowed
            case .join, .leave, .addMembers: kind.isRoom ? .allowed : .forbidden
            }
        }
    }

    /// Whether the account may make invitations.
    public static func mayInvite(_ account: Account) -> Bool { account.isAdmin }

    /// Whether the account may read and change the server's settings.
    public static func mayChangeSettings(_ account: Account) -> Bool { account.isAdmin }

    /// Whether members of such a conversation see each other's positions.
    public static func sharesMarks(kind: ConversationKind, members: Int) -> Bool {
        switch kind {
        case .direct: true
        case .publicRoom, .privateRoom: members <= Limits.membersWithMarks
        case .notes: false
        }
    }
}
