internal import SocketIO

/// What a behaviour server is and does, as JSON (`--plan`). Everything that is left out is the library's default.
///
/// Its words are explained in Tests/interop/README.md.
struct Plan: Codable, Sendable {
    var pingInterval: Int64?
    var pingTimeout: Int64?
    var upgradeTimeout: Int64?
    var connectTimeout: Int64?
    var maxPayload: Int?
    var maxOutboxBytes: Int?
    var transports: [String]?
    var allowUpgrades: Bool?
    var allowEIO3: Bool?
    /// Foreign origins that are let in; `*` is any.
    var origins: [String]?
    var http: HTTPPlan?
    /// Connection state recovery, when it is there.
    var recovery: RecoveryPlan?
    /// The bytes from which on polls are compressed; -1 for never.
    var httpCompression: Int?
    /// The folder of the client's bundles.
    var clientFolder: String?
    /// The root namespace is always there, whether it is named here or not.
    var namespaces: [String: NamespacePlan]?
    /// Namespaces that are made when somebody comes, by the pattern of their names.
    var families: [String: NamespacePlan]?
    var cleanupEmptyChildNamespaces: Bool?
    /// What a bare Engine.IO session under `/engine.io/` does when it opens.
    var opened: [EngineStep]?
    /// Whether a bare Engine.IO session sends back what it gets.
    var echo: Bool?
}

/// How clients that come back are taken.
struct RecoveryPlan: Codable, Sendable {
    /// The reference's word; true is its default.
    var skipMiddlewares: Bool?
}

/// What one namespace does.
struct NamespacePlan: Codable, Sendable {
    /// Of a family: whether a function is asked for its names, which sees the handshake too.
    var isFunction: Bool?
    /// Before a socket joins, one after the other.
    var middlewares: [[Step]]?
    /// Around each event of a socket, the first outermost.
    var use: [[Step]]?
    var connect: [Step]?
    var on: [String: [Step]]?
    var disconnect: [Step]?
}

/// One thing that a handler does. Which one is told by the field that is there.
///
/// In arguments and rooms, the text `$n` stands for the event's argument `n`, `$id` for the socket's id, `$result` for
/// the answers to the last emit.
struct Step: Codable, Sendable {
    /// Sends this event with `args`: to the socket, or to whom `over`, `to` and `except` name.
    var emit: String?
    var args: [JSONValue]?
    /// `socket`, `others` (all but the socket) or `namespace`.
    var over: String?
    var to: [String]?
    var except: [String]?
    var isVolatile: Bool?
    /// Milliseconds; the emit then asks for acknowledgements and its result are the answers.
    var timeout: Int64?

    /// Joins these rooms: the socket, or all whom `over`, `to` and `except` name. So do the next two.
    var join: [String]?
    var leave: [String]?
    /// Leaves the namespace; true closes the whole connection.
    var disconnect: Bool?

    /// The acknowledgement of the event.
    var ack: [JSONValue]?
    /// Throws: a `ConnectError` in a middleware, any error elsewhere.
    var refuse: Refusal?
    /// Writes this word to the journal.
    var journal: String?
    /// Milliseconds that a slow handler takes.
    var takes: Int64?
    /// Has the ids of the sockets whom `to` and `except` name for its result.
    var sockets: Bool?
    /// Has the socket's rooms for its result.
    var rooms: Bool?
    /// Has the names of all namespaces for its result.
    var namespaces: Bool?
    /// Has the name of the child of this name, made by hand, for its result.
    var child: String?

    struct Refusal: Codable, Sendable {
        var message: String
        var data: JSONValue?
    }
}

/// One thing that a bare Engine.IO session does.
struct EngineStep: Codable, Sendable {
    var send: String?
    var sendBytes: [UInt8]?
    var compress: Bool?
    var close: Bool?
}

/// A line on standard input: steps to take now. The answer is a journal line with the same `id`.
struct Command: Codable, Sendable {
    var id: Int
    /// Whose steps they are; without it, the namespace's.
    var socket: String?
    var namespace: String?
    var steps: [Step]?
    /// The sid of a bare Engine.IO session.
    var session: String?
    var engine: [EngineStep]?
}
