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
    private let namespace = Mutex<Namespace<Signed>?>(nil)

    /// An announcer that nobody hears yet.
    public init() {}

    func connect(_ namespace: Namespace<Signed>) {
        self.namespace.withLock { $0 = namespace }
    }

    public func announce(_ announcement: Announcement) {
        guard let namespace = namespace.withLock({ $0 }) else { return }
        switch announcement {
        case .message(let message):
            namespace.to(ChatRooms.conversation(message.conversation))
                .emit(ChatEvents.message, WireMessage(message))
        case .mark(let mark): announce(mark, to: namespace)
        case .memberAdded(let summary, let user):
            namespace.to(ChatRooms.user(user)).join(ChatRooms.conversation(summary.id))
            send(summary, to: user, namespace)
        case .memberRemoved(let conversation, let user):
            namespace.to(ChatRooms.user(user)).leave(ChatRooms.conversation(conversation))
            namespace.to(ChatRooms.user(user))
                .emit(ChatEvents.conversationGone, .init(c: conversation.description))
        case .conversationChanged(let summary, let user): send(summary, to: user, namespace)
        case .sessionEnded(let session):
            namespace.to(ChatRooms.session(session)).disconnect(close: true)
        }
    }

    private func announce(_ mark: Mark, to namespace: Namespace<Signed>) {
        let own = namespace.to(ChatRooms.user(mark.user))
        if mark.unread == nil, mark.isShared {
            // Own devices are members too.
            namespace.to(ChatRooms.conversation(mark.conversation)).emit(ChatEvents.mark, WireMark(mark))
        } else {
            own.emit(ChatEvents.mark, WireMark(mark))
        }
    }

    private func send(_ summary: ConversationSummary, to user: UserID, _ namespace: Namespace<Signed>) {
        namespace.to(ChatRooms.user(user))
            .emit(ChatEvents.conversation, .init(conv: WireConversation(summary)))
    }
}
