internal import ChatDomain

/// What a change of a room's members has to announce.
struct MembershipChange: Sendable {
    /// The new members with the conversation as they see it.
    var added: [(user: UserID, summary: ConversationSummary)] = []
    /// The other members whose summary changed, where the room is small.
    var changed: [(user: UserID, summary: ConversationSummary)] = []
    /// The system message.
    var message: Message?

    /// Announces: people who came hear of the conversation first and then get its message.
    func announceArrival(to announcer: any Announcer) {
        for (user, summary) in added {
            announcer.announce(.memberAdded(summary, user: user))
        }
        for (user, summary) in changed {
            announcer.announce(.conversationChanged(summary, to: user))
        }
        if let message { announcer.announce(.message(message)) }
    }

    /// Reads what the members see now. Summaries of everybody are built only where members share their positions:
    /// the work is bounded by `Limits.membersWithMarks`.
    static func reading(
        added: [(key: UserKey, id: UserID)], in conversation: ConversationKey, members: Int,
        from store: any StoreWriting
    ) throws -> MembershipChange {
        var change = MembershipChange()
        if members <= Limits.membersWithMarks {
            let new = Set(added.map(\.id))
            for (user, summary) in try store.summaries(ofMembersOf: conversation) {
                if new.contains(user) {
                    change.added.append((user, summary))
                } else {
                    change.changed.append((user, summary))
                }
            }
        } else {
            for (key, id) in added {
                change.added.append((id, try store.requireSummary(of: conversation, for: key)))
            }
        }
        return change
    }
}
