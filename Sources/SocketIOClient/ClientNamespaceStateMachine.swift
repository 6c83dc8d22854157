internal import SocketIOProtocol

/// One socket of a client: whether it is wanted, and whether it has joined its namespace.
///
/// ```
///              open                engineOpened          CONNECT
///   inactive --------> waiting ----------------> joining --------> joined
///      ^  ^               ^                         |                 |
///      |  |               +----- engineClosed ------+-----------------+
///      |  +-- CONNECT_ERROR (refused) --------------+                 |
///      +----- DISCONNECT (left), leave -------------------------------+
/// ```
///
/// Departures from the reference: a second CONNECT, and a CONNECT_ERROR for a joined namespace, end the
/// connection; and a CONNECT that comes after the socket was given up is answered with a DISCONNECT, or the
/// server would keep a socket that nobody has.
struct ClientNamespaceStateMachine: Sendable {
    /// What to do with a packet.
    enum OnPacket: Equatable, Sendable {
        /// The socket has joined.
        case joined
        /// The server does not let it in.
        case refused
        /// An event for the handlers.
        case deliverEvent
        /// An event that came before the CONNECT: keep it until then.
        case keepEvent
        /// The answer to an event of ours.
        case deliverAck
        /// The server made the socket leave.
        case left
        /// Send a DISCONNECT.
        case sendDisconnect
        /// Nothing.
        case ignore
        /// The server broke a rule.
        case violation
    }

    private enum State: Sendable {
        case inactive
        case waiting
        case joining
        case joined
    }

    private var state = State.inactive

    /// Somebody wants the socket. True when it was not wanted before.
    mutating func open() -> Bool {
        guard case .inactive = state else { return false }
        state = .waiting
        return true
    }

    /// The connection is there. True when a CONNECT is to be sent.
    mutating func engineOpened() -> Bool {
        guard case .waiting = state else { return false }
        state = .joining
        return true
    }

    /// The connection is gone. True when the socket was joined, and is told.
    mutating func engineClosed() -> Bool {
        switch state {
        case .inactive, .waiting: return false
        case .joining:
            state = .waiting
            return false
        case .joined:
            state = .waiting
            return true
        }
    }

    /// Nobody wants the socket any more. True when it was joined: a DISCONNECT is to be sent.
    mutating func leave() -> Bool {
        let wasJoined = isJoined
        state = .inactive
        return wasJoined
    }

    /// A packet arrived.
    mutating func received(_ type: SocketPacketType) -> OnPacket {
        switch (type, state) {
        case (.connect, .joining):
            state = .joined
            return .joined
        case (.connect, .inactive): return .sendDisconnect
        case (.connect, .waiting), (.connect, .joined): return .violation
        case (.connectError, .joining):
            state = .inactive
            return .refused
        case (.connectError, .inactive): return .ignore
        case (.connectError, .waiting), (.connectError, .joined): return .violation
        case (.event, .joined), (.binaryEvent, .joined): return .deliverEvent
        case (.event, .joining), (.binaryEvent, .joining): return .keepEvent
        case (.ack, .joined), (.binaryAck, .joined): return .deliverAck
        case (.disconnect, .joined):
            state = .inactive
            return .left
        case (.event, _), (.binaryEvent, _), (.ack, _), (.binaryAck, _), (.disconnect, _): return .ignore
        }
    }

    var isJoined: Bool {
        if case .joined = state { return true }
        return false
    }

    var isJoining: Bool {
        if case .joining = state { return true }
        return false
    }

    var isActive: Bool {
        if case .inactive = state { return false }
        return true
    }
}
