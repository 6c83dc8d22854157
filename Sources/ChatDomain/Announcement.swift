/// What happened, and who is to hear of it. Announcements come after the commit, in commit order; in one conversation
/// that is the order of `seq`. Each carries everything that its event needs.
public enum Announcement: Hashable, Sendable {
    /// `msg` to every socket of every member, the sender's too. It also moves the sender's own positions to its `seq`.
    case message(Message)

    /// `chg` to every socket of every member.
    case changed(MessageChange)

    /// `mark` to every device of `mark.user`; without `unread` also to the other members when `mark.isShared`.
    case mark(Mark)

    /// `user` is a member from now on: their sockets receive what the conversation gets, beginning with the next
    /// announcement. `conv` to their devices, with the summary as they see it.
    case memberAdded(ConversationSummary, user: UserID)

    /// `user` is no member any more: from now on their sockets receive nothing of the conversation.
    /// `conv.gone` to their devices.
    case memberRemoved(ConversationID, user: UserID)

    /// `conv` to the devices of `to`, a member, with the summary as they see it. Large rooms do not announce the
    /// coming and going of others this way; the system message tells it.
    case conversationChanged(ConversationSummary, to: UserID)

    /// `conv.info` to every socket of every member: what all of them see of a large room has changed.
    case roomChanged(RoomInfo)

    /// `trim` to every socket of every member: the oldest messages are no longer kept.
    case trimmed(HistoryTrim)

    /// The room exists no more: `conv.gone` to every socket of every member, which from now on receives nothing of it.
    case conversationRemoved(ConversationID, members: [UserID])

    /// The session ended: its sockets are to be closed.
    case sessionEnded(SessionID)

    /// The account was closed: every socket of the person is to be closed.
    case accountClosed(UserID)

    /// `user` to the members of these conversations, and to the person's own devices: the name, status, role or state
    /// of the person changed.
    case userChanged(User, in: [ConversationID])
}
