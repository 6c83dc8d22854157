public import EngineIOProtocol
public import NIOHTTP1
public import SocketIOProtocol

extension SocketClient {
    /// How a client behaves. Sizes are bytes.
    public struct Configuration: Sendable {
        /// The path that the server answers (`path`).
        public var path = "/socket.io/"
        /// Further parameters of every request's query, for the server's `handshake.query`.
        public var query: [(name: String, value: String)] = []
        /// Further headers of every request (`extraHeaders`).
        public var headers: HTTPHeaders = [:]
        /// The transports to use; the first one opens the session.
        public var transports: [TransportName] = [.polling, .websocket]
        /// Whether a session that polls moves to a WebSocket when both sides can.
        public var upgrades = true
        /// Whether cookies of the server's answers are sent back (`withCredentials`).
        public var keepsCookies = false

        /// Whom the client trusts, and who it is, when the URL is `https` or `wss`.
        public var tls = ClientTLS()

        /// Whether a lost connection is opened again.
        public var reconnects = true
        /// How often to try before giving up (`reconnectionAttempts`).
        public var reconnectionAttempts = Int.max
        /// How long to wait between the attempts.
        public var backoff = Backoff()
        /// How long one attempt to connect may take.
        public var timeout: Duration = .seconds(20)

        /// How long an answer may take when the call does not say so.
        public var ackTimeout: Duration = .seconds(10)
        /// How often an event is sent again until the server acknowledges it; 0 sends once and asks for nothing.
        public var retries = 0

        /// Events of one socket that may wait for the connection.
        public var maxOfflinePackets = 1_000
        /// Bytes of these.
        public var maxOfflineBytes = 1_000_000
        /// Bytes that may wait for the transport.
        public var maxOutboxBytes = 16_000_000
        /// The largest message, and the largest answer to a poll, that the server may send.
        public var maxMessageBytes = 10_000_000
        /// Packets that one answer to a poll may hold.
        public var maxPacketsPerPayload = 10_000
        /// Events of one socket that may wait for its handlers; then the connection is not read any more.
        public var maxQueuedEvents = 64
        /// Events that may come before the socket's CONNECT, as missed ones do in a recovery.
        public var maxRecoveredEvents = 10_000
        /// Calls of one socket that may wait for an answer.
        public var maxPendingCalls = 1_000
        /// Bounds of the server's packets.
        public var parser = ParserLimits(maxAttachmentBytes: 10_000_000)

        /// The defaults, which are the reference client's where it has some.
        public init() {}
    }
}
