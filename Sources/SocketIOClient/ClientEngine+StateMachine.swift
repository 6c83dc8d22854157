internal import EngineIOProtocol

/// The client's side of an Engine.IO v4 session: which transport carries it, when it may poll and post, the
/// upgrade, and the watch over the server's heartbeat.
///
/// ```
///   opening --opened--> polling --probeAnswered--> pausing --(poll and post are over)--> webSocket
///      |                   ^ |                        |                                      |
///      |                   | +--- probeEnded ---------+                                      |
///      +--opened (by WebSocket)--------------------------------------------------------------+
///   every state --close--> closed
/// ```
///
/// Times are milliseconds of the driver's clock. Durations that the server names are clamped: they are a
/// peer's numbers (a day is the longest, a millisecond the shortest).
///
/// Departures from the reference: a packet other than the open packet at the start ends the attempt at once;
/// a second open packet, pongs, and upgrade packets are ignored, as there.
struct ClientEngineStateMachine: Sendable {
    /// What to do with a packet.
    enum OnPacket: Equatable, Sendable {
        /// Parse it with ``EngineHandshake`` and call ``ClientEngineStateMachine/opened(_:mayUpgrade:now:)``.
        case handshake
        /// Give it to the layer above.
        case deliver
        /// Send a pong.
        case pong
        /// Nothing.
        case ignore
        /// The session ends.
        case close(CloseReason)
    }

    /// What to do once the session is open.
    enum OnOpened: Equatable, Sendable {
        /// Poll, and open a WebSocket that probes.
        case pollAndProbe
        /// Poll.
        case poll
        /// Nothing more: the WebSocket carries it.
        case none
    }

    /// What to do with a message on the probing WebSocket.
    enum OnProbe: Equatable, Sendable {
        /// Wait until the poll and the post under way are over.
        case pause
        /// Send the upgrade packet on it and use it from now on.
        case completeUpgrade
        /// Close it; polling goes on.
        case closeProbe
    }

    /// What to do after an exchange is over, or after the probe ended.
    enum OnExchange: Equatable, Sendable {
        /// Poll or post again when there is something to do.
        case proceed
        /// Send the upgrade packet on the WebSocket and use it from now on.
        case completeUpgrade
        /// Nothing.
        case none
    }

    /// What to do when the watch fires.
    enum OnTimer: Equatable, Sendable {
        /// Look again at this time.
        case watch(until: Int64)
        /// The server is gone.
        case close(CloseReason)
        /// Nothing.
        case none
    }

    private enum Upgrade: Sendable {
        case none
        case probing
        case pausing
    }

    private enum State: Sendable {
        case opening(TransportName)
        case polling(Upgrade)
        case webSocket
        case closed
    }

    private var state: State
    private var isPolling = false
    private var isPosting = false
    private var patience: Int64 = 0
    /// When the server must have sent its next ping.
    private(set) var deadline: Int64 = .max

    private static let longest: Int64 = 86_400_000

    /// A session that is being opened by this transport.
    init(_ transport: TransportName) {
        state = .opening(transport)
    }

    // MARK: - Opening and packets

    /// A packet arrived on the transport that carries the session.
    mutating func received(_ type: EnginePacketType, now: Int64) -> OnPacket {
        switch state {
        case .opening: return type == .open ? .handshake : .close(.parseError)
        case .closed: return .ignore
        case .polling, .webSocket:
            switch type {
            case .message: return .deliver
            case .ping:
                deadline = now + patience
                return .pong
            case .close: return .close(.transportClose)
            case .open, .pong, .upgrade, .noop: return .ignore
            }
        }
    }

    /// The handshake was read.
    mutating func opened(pingInterval: Int64, pingTimeout: Int64, mayUpgrade: Bool, now: Int64) -> OnOpened {
        guard case .opening(let transport) = state else { return .none }
        patience = Self.clamped(pingInterval) + Self.clamped(pingTimeout)
        deadline = now + patience
        switch transport {
        case .websocket:
            state = .webSocket
            return .none
        case .polling:
            state = .polling(mayUpgrade ? .probing : .none)
            return mayUpgrade ? .pollAndProbe : .poll
        }
    }

    private static func clamped(_ duration: Int64) -> Int64 { min(max(duration, 1), longest) }

    // MARK: - Polling

    /// Whether a poll may start; if so it has started.
    mutating func beginPoll() -> Bool {
        guard !isPolling else { return false }
        switch state {
        case .opening(.polling), .polling(.none), .polling(.probing):
            isPolling = true
            return true
        case .opening(.websocket), .polling(.pausing), .webSocket, .closed: return false
        }
    }

    /// Whether a post may start; if so it has started.
    mutating func beginPost() -> Bool {
        guard !isPosting else { return false }
        switch state {
        case .polling(.none), .polling(.probing):
            isPosting = true
            return true
        case .opening, .polling(.pausing), .webSocket, .closed: return false
        }
    }

    /// The poll's answer was taken in.
    mutating func endPoll() -> OnExchange {
        isPolling = false
        return exchangeEnded()
    }

    /// The post was answered.
    mutating func endPost() -> OnExchange {
        isPosting = false
        return exchangeEnded()
    }

    private mutating func exchangeEnded() -> OnExchange {
        switch state {
        case .polling(.pausing):
            guard !isPolling, !isPosting else { return .none }
            state = .webSocket
            return .completeUpgrade
        case .opening, .polling(.none), .polling(.probing): return .proceed
        case .webSocket, .closed: return .none
        }
    }

    // MARK: - The upgrade

    /// The first message arrived on the probing WebSocket.
    mutating func probeAnswered(isProbe: Bool) -> OnProbe {
        switch state {
        case .polling(.probing):
            guard isProbe else {
                state = .polling(.none)
                return .closeProbe
            }
            guard isPolling || isPosting else {
                state = .webSocket
                return .completeUpgrade
            }
            state = .polling(.pausing)
            return .pause
        case .opening, .polling(.none), .polling(.pausing), .webSocket, .closed: return .closeProbe
        }
    }

    /// The probing WebSocket failed, or took too long.
    mutating func probeEnded() -> OnExchange {
        switch state {
        case .polling(.probing), .polling(.pausing):
            state = .polling(.none)
            return .proceed
        case .opening, .polling(.none), .webSocket, .closed: return .none
        }
    }

    // MARK: - The end

    /// The watch fired.
    func timer(now: Int64) -> OnTimer {
        switch state {
        case .polling, .webSocket: now >= deadline ? .close(.pingTimeout) : .watch(until: deadline)
        case .opening, .closed: .none
        }
    }

    /// The session ends; true the first time.
    mutating func close() -> Bool {
        if case .closed = state { return false }
        state = .closed
        return true
    }

    /// The transport that carries the session; nil before it is open and after its end.
    var transport: TransportName? {
        switch state {
        case .polling: .polling
        case .webSocket: .websocket
        case .opening, .closed: nil
        }
    }

    /// Whether messages can be written to a WebSocket now.
    var writesToWebSocket: Bool {
        if case .webSocket = state { return true }
        return false
    }

    var isClosed: Bool {
        if case .closed = state { return true }
        return false
    }

    var isOpening: Bool {
        if case .opening = state { return true }
        return false
    }
}
