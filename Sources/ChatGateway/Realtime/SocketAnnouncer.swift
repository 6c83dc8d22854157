public import ChatDomain
public import ChatService
internal import SocketIO
internal import SocketIOCore
internal import Synchronization

/// Tells the sockets what the chat announces.
///
/// Called on the store's writer, in commit order; every order to the sockets goes through their event loops
/// in the order of the calls, so that each socket sees one conversation in the order of `seq`.
public final class SocketAnnouncer: Announcer {
    // Announcements before the sockets exist have nobody to hear them.
    private let namespace = Mutex<(namespace: Namespace<Signed>, presence: Presence)?>(nil)

    /// An announcer that nobody hears yet.
    public init() {}

    func connect(_ namespace: Namespace<Signed>, _ presence: Presence) {
        self.namespace.withLock { $0 = (namespace, presence) }
    }

    public func announce(_ announcement: Announcement) {
        guard let (namespace, presence) = namespace.withLock({ $0 }) else { return }
        switch announcement {
        case .message(let message):
            namespace.to(ChatRooms.conversation(message.conversation))
                .emit(ChatEvents.message, WireMessage(message))
        case .changed(let change):
            namespace.to(ChatRooms.conversation(change.message.conversation))
                .emit(ChatEvents.change, WireChange(change))
        case .mark(let mark): announce(mark, to: namespace)
        case .memberAdded(let summary, let user):
            namespace.to(ChatRooms.user(user)).join(ChatRooms.conversation(summary.id))
            send(summary, to: user, namespace)
        case .memberRemoved(let conversation, let user):
            namespace.to(ChatRooms.user(user)).leave(ChatRooms.conversation(conversation))
            presence.membershipEnded(of: user)
            namespace.to(ChatRooms.user(user))
                .emit(ChatEvents.conversationGone, .init(c: conversation.description))
        case .conversationChanged(let summary, let user): send(summary, to: user, namespace)
        case .roomChanged(let info):
            namespace.to(ChatRooms.conversation(info.id)).emit(ChatEvents.roomInfo, WireRoomInfo(info))
        case .sessionEnded(let session):
            namespace.to(ChatRooms.session(session)).disconnect(close: true)
        case .accountClosed(let user):
            namespace.to(ChatRooms.user(user)).disconnect(close: true)
        case .userChanged(let user, let conversations):
            namespace.to([ChatRooms.user(user.id)] + conversations.map { ChatRooms.conversation($0) })
                .emit(ChatEvents.user, .init(user: WireUser(user)))
        }
    }

    /// Own devices hear everything; the others, where positions are shared, everything but the unread count.
    private func announce(_ mark: Mark, to namespace: Namespace<Signed>) {
        let own = ChatRooms.user(mark.user)
        namespace.to(own).emit(ChatEvents.mark, WireMark(mark))
        guard mark.isShared, mark.read != nil || mark.delivered != nil else { return }
        namespace.to(ChatRooms.conversation(mark.conversation)).except(own)
            .emit(ChatEvents.mark, WireMark(mark, forOthers: true))
    }

    private func send(_ summary: ConversationSummary, to user: UserID, _ namespace: Namespace<Signed>) {
        namespace.to(ChatRooms.user(user))
            .emit(ChatEvents.conversation, .init(conv: WireConversation(summary)))
    }
}
