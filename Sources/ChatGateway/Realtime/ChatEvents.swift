internal import SocketIO

/// The events that the server sends.
enum ChatEvents {
    static let hello = Event<Hello>("hello")
    static let message = Event<WireMessage>("msg")
    static let mark = Event<WireMark>("mark")
    static let typing = Event<Typing>("typing")
    static let conversation = Event<ConversationChanged>("conv")
    static let roomInfo = Event<WireRoomInfo>("conv.info")
    static let conversationGone = Event<ConversationGone>("conv.gone")

    struct Hello: Codable, Sendable {
        struct Bounds: Codable, Sendable {
            let body: Int
            let gap: Int
            let page: Int
        }

        var v = 1
        let epoch: String
        let me: WireUser
        let now: Int64
        let limits: Bounds
        let recovered: Bool
    }

    struct Typing: Codable, Sendable {
        let c: String
        let u: String
        let name: String
    }

    struct ConversationChanged: Codable, Sendable {
        let conv: WireConversation
    }

    struct ConversationGone: Codable, Sendable {
        let c: String
    }
}
