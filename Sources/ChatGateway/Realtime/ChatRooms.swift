internal import ChatDomain
internal import SocketIOCore

/// The Socket.IO rooms of the chat, by what they are for.
enum ChatRooms {
    /// Every socket of every member of a conversation.
    static func conversation(_ id: ConversationID) -> Room { Room("c:\(id)") }
    /// Every socket of a person.
    static func user(_ id: UserID) -> Room { Room("u:\(id)") }
    /// Every socket of a session.
    static func session(_ id: SessionID) -> Room { Room("s:\(id)") }
}
