internal import ChatDomain

extension ConversationReading {
    /// The person before the conversation, when they may do `action`; `not_found` or `forbidden` otherwise.
    func permit(_ action: Permission.Action, of user: UserID, in conversation: ConversationID) throws
        -> Access
    {
        guard let access = try access(of: user, to: conversation) else {
            throw ChatError.conversationNotFound
        }
        try access.require(action)
        return access
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

extension Access {
    /// Throws `not_found`, `forbidden` or `archived` unless the person may do `action`.
    func require(_ action: Permission.Action) throws {
        switch Permission.decide(action, kind: conversation.kind, standing: standing) {
        case .allowed: break
        case .hidden: throw ChatError.conversationNotFound
        case .forbidden: throw ChatError.forbidden("You may not do that in this conversation.")
        }
        if conversation.isArchived && !action.isPossibleInArchive { throw ChatError.archived }
    }

    /// Throws `archived` or `silenced` unless the person may say something here.
    func requireVoice(at now: Timestamp) throws {
        try require(.send)
        if let membership, membership.silencedUntil > now {
            throw ChatError.silenced(for: membership.silencedUntil.milliseconds(since: now))
        }
    }
}
