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
    private let audience = Mutex<(audience: Audience, presence: Presence)?>(nil)

    /// An announcer that nobody hears yet.
    public init() {}

    func connect(_ audience: Audience, _ presence: Presence) {
        self.audience.withLock { $0 = (audience, presence) }
    }

    public func announce(_ announcement: Announcement) {
        guard let (audience, presence) = audience.withLock({ $0 }) else { return }
        switch announcement {
        case .message(let message):
            audience.emit(
                ChatEvents.message, WireMessage(message), to: [ChatRooms.conversation(message.conversation)])
        case .changed(let change):
            audience.emit(
                ChatEvents.change, WireChange(change),
                to: [ChatRooms.conversation(change.message.conversation)])
        case .mark(let mark): announce(mark, to: audience)
        case .memberAdded(let summary, let user):
            audience.join(ChatRooms.user(user), ChatRooms.conversation(summary.id))
            send(summary, to: user, audience)
        case .memberRemoved(let conversation, let user):
            audience.leave(ChatRooms.user(user), ChatRooms.conversation(conversation))
            presence.membershipEnded(of: user)
            audience.emit(
                ChatEvents.conversationGone, .init(c: conversation.description), to: [ChatRooms.user(user)])
        case .conversationChanged(let summary, let user): send(summary, to: user, audience)
        case .roomChanged(let info):
            audience.emit(
                ChatEvents.roomInfo, WireRoomInfo(info), to: [ChatRooms.conversation(info.id)])
        case .trimmed(let trim):
            audience.emit(
                ChatEvents.trim,
                .init(c: trim.conversation.description, rev: trim.rev, minSeq: trim.firstSeq.rawValue),
                to: [ChatRooms.conversation(trim.conversation)])
        case .conversationRemoved(let conversation, let members):
            let room = ChatRooms.conversation(conversation)
            for member in members { presence.membershipEnded(of: member) }
            audience.emit(ChatEvents.conversationGone, .init(c: conversation.description), to: [room])
            audience.leave(room, room)
        case .sessionEnded(let session): audience.disconnect(ChatRooms.session(session))
        case .accountClosed(let user): audience.disconnect(ChatRooms.user(user))
        case .userChanged(let user, let conversations):
            audience.emit(
                ChatEvents.user, .init(user: WireUser(user)),
                to: [ChatRooms.user(user.id)] + conversations.map { ChatRooms.conversation($0) })
        }
    }

    /// Own devices hear everything; the others, where positions are shared, everything but the unread count.
    private func announce(_ mark: Mark, to audience: Audience) {
        let own = ChatRooms.user(mark.user)
        audience.emit(ChatEvents.mark, WireMark(mark), to: [own])
        guard mark.isShared, mark.read != nil || mark.delivered != nil else { return }
        audience.emit(
            ChatEvents.mark, WireMark(mark, forOthers: true), to: [ChatRooms.conversation(mark.conversation)],
            except: [own])
    }

    private func send(_ summary: ConversationSummary, to user: UserID, _ audience: Audience) {
        audience.emit(
            ChatEvents.conversation, .init(conv: WireConversation(summary)), to: [ChatRooms.user(user)])
    }
}
