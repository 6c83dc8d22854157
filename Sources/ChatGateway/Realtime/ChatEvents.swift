internal import SocketIO

/// The events that the server sends.
enum ChatEvents {
    /// Its value is encoded by hand, to be sent from within an announcement.
    static let hello = "hello"
    static let user = Event<UserChanged>("user")
    static let message = Event<WireMessage>("msg")
    static let change = Event<WireChange>("chg")
    static let tick = Event<Tick>("tick")
    static let mark = Event<WireMark>("mark")
    static let typing = Event<Typing>("typing")
    static let conversation = Event<ConversationChanged>("conv")
    static let roomInfo = Event<WireRoomInfo>("conv.info")
    static let conversationGone = Event<ConversationGone>("conv.gone")

    static let trim = Event<Trimmed>("trim")

    static let presence = Event<Presences>("pres")

    struct Hello: Encodable, Sendable {
        struct Bounds: Encodable, Sendable {
            let body: Int
            let gap: Int
            let page: Int
        }

        var v = 1
        let epoch: String
        let me: WireMe
        let now: Int64
        let limits: Bounds
        let recovered: Bool
    }

    struct Tick: Codable, Sendable {
        let dig: String
    }

    struct Typing: Codable, Sendable {
        let c: String
        let u: String
        let name: String
    }

    struct ConversationChanged: Codable, Sendable {
        let conv: WireConversation
    }

    struct UserChanged: Codable, Sendable {
        let user: WireUser
    }

    struct Presences: Codable, Sendable {
        let list: [WirePresence]
    }

    struct Trimmed: Codable, Sendable {
        let c: String
        let rev: Int64
        let minSeq: UInt32
    }

    struct ConversationGone: Codable, Sendable {
        let c: String
    }
}
