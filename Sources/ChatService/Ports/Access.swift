public import ChatDomain

/// A person before a conversation: the one thing that every permission check reads.
public struct Access: Sendable {
    /// The person's key.
    public let user: UserKey
    /// The person.
    public let person: User
    /// The conversation.
    public let conversation: ConversationRecord
    /// The person's membership; `nil` for a stranger.
    public let membership: MembershipRecord?

    /// A person before a conversation.
    public init(
        user: UserKey, person: User, conversation: ConversationRecord, membership: MembershipRecord?
    ) {
        self.user = user
        self.person = person
        self.conversation = conversation
        self.membership = membership
    }

    /// What the person is to the conversation.
    public var standing: Permission.Standing {
        guard let membership else { return .stranger }
        return .member(membership.role)
    }
}
