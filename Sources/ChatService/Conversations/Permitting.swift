internal import ChatDomain

extension ConversationReading {
    /// The person before the conversation, when they may do `action`; `not_found` or `forbidden` otherwise.
    func permit(_ action: Permission.Action, of user: UserID, in conversation: ConversationID) throws
        -> Access
    {
        guard let access = try access(of: user, to: conversation) else {
            throw ChatError.conversationNotFound
        }
        switch Permission.decide(action, kind: access.conversation.kind, standing: access.standing) {
        case .allowed: return access
        case .hidden: throw ChatError.conversationNotFound
        case .forbidden: throw ChatError.forbidden("That is not possible in this conversation.")
        }
    }

    /// Like ``permit(_:of:in:)`` for actions of members, with the membership.
    func permitMember(
        _ action: Permission.Action, of user: UserID, in conversation: ConversationID
    ) throws -> (access: Access, membership: MembershipRecord) {
        let access = try permit(action, of: user, in: conversation)
        guard let membership = access.membership else { throw ChatError.conversationNotFound }
        return (access, membership)
    }

    /// The summary of a conversation that the person is a member of.
    func requireSummary(of conversation: ConversationKey, for user: UserKey) throws -> ConversationSummary {
        guard let summary = try summary(of: conversation, for: user) else {
            throw ChatError.conversationNotFound
        }
        return summary
    }

    /// Refuses who is in so many conversations that their list could no longer be sent.
    func requireRoomForAnotherConversation(of user: UserKey) throws {
        guard try conversationCount(of: user) < Limits.conversationsPerUser else {
            throw ChatError.forbidden(
                "Nobody can be in more than \(Limits.conversationsPerUser) conversations.")
        }
    }
}
