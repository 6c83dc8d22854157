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
        /// Put another body in place of one's own message's.
        case edit
        /// Delete one's own message.
        case deleteOwn
        /// Delete somebody else's message.
        case deleteOthers
        /// React to a message.
        case react
        /// Pin a message for everybody.
        case pin
        /// Become a member by oneself.
        case join
        /// Stop being a member.
        case leave
        /// Add other people.
        case addMembers
        /// See who is a member.
        case listMembers
        /// Give it another name or picture.
        case rename
        /// Say what it is about.
        case setTopic
        /// Make it public or private.
        case setVisibility
        /// Make a member an owner, a moderator or a member.
        case setRole
        /// Remove a member.
        case kick
        /// Let a member write nothing for a time.
        case silence
        /// Keep somebody out, or let them in again.
        case ban
        /// See who is kept out.
        case listBans
        /// Make it readable only, or bring it back.
        case archive
        /// Delete it with everything in it.
        case delete
        /// Pin, hide and mute it for oneself.
        case arrange
        /// Make, see and remove its webhooks.
        case manageHooks

        /// Whether it can be done in an archived room.
        public var isPossibleInArchive: Bool {
            switch self {
            case .read, .leave, .listMembers, .listBans, .archive, .delete, .arrange, .manageHooks: true
            case .send, .edit, .deleteOwn, .deleteOthers, .react, .pin, .join, .addMembers, .rename,
                .setTopic, .setVisibility, .setRole, .kick, .silence,
                .ban:
                false
            }
        }
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
        guard case .member(let role) = standing else {
            return action == .join && kind == .publicRoom ? .allowed : .hidden
        }
        let isAllowed =
            switch action {
            case .read, .send, .edit, .deleteOwn, .react, .listMembers, .arrange: true
            case .deleteOthers: kind.isRoom && role.outranks(.member)
            case .pin: !kind.isRoom || role.outranks(.member)
            case .join, .addMembers: kind.isRoom
            case .leave: kind.isRoom || kind == .group
            case .rename: kind == .group || kind.isRoom && role.outranks(.member)
            case .setTopic, .kick, .silence, .ban, .listBans, .manageHooks:
                kind.isRoom && role.outranks(.member)
            case .setVisibility, .setRole, .archive, .delete: kind.isRoom && role == .owner
            }
        return isAllowed ? .allowed : .forbidden
    }

    /// Whether the account may make invitations.
    public static func mayInvite(_ account: Account) -> Bool { account.isAdmin }

    /// Whether the account may read and change the server's settings.
    public static func mayChangeSettings(_ account: Account) -> Bool { account.isAdmin }

    /// Whether members of such a conversation see each other's positions.
    public static func sharesMarks(kind: ConversationKind, members: Int) -> Bool {
        switch kind {
        case .direct: true
        case .group, .publicRoom, .privateRoom: members <= Limits.membersWithMarks
        case .notes: false
        }
    }
}
