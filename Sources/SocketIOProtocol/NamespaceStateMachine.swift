/// Which namespaces one engine connection is in, and what it may therefore send.
///
/// For each namespace:
///
/// ```
///               CONNECT (authenticate)              accepted
///   absent --------------------------> joining ----------------> joined
///    ^  ^                                 |                        |
///    |  +------------- refused -----------+                        |
///    +------------ DISCONNECT (leave), left by the server ---------+
/// ```
///
/// Every other packet breaks a rule, and the connection is closed, as the reference does. `closeAll` ends the
/// machine: answers of the middleware that come later find nothing to accept.
///
/// Departures from the reference: it lets a second CONNECT start while the first is being judged, this
/// machine does not; and it bounds the number of namespaces.
///
/// Names are compared byte for byte, not by Unicode equivalence as Swift strings are.
public struct NamespaceStateMachine: ~Copyable, Sendable {
    /// What to do with a packet.
    public enum OnPacket: Equatable, Sendable {
        /// A CONNECT: run the middleware, then call `accepted(namespace:)` or `refused(namespace:)`.
        case authenticate
        /// An EVENT for a joined namespace.
        case deliverEvent
        /// An ACK for a joined namespace.
        case deliverAck
        /// A DISCONNECT: the socket has left.
        case leave
        /// The connection is already closed: drop the packet.
        case ignore
    }

    private enum State: ~Copyable {
        case open(NamespaceTable)
        case closed(hasJoinedEver: Bool)
    }

    private var state: State

    /// Creates the machine of a new connection, which is in no namespace.
    public init(limits: ParserLimits = .init()) {
        self.init(state: .open(NamespaceTable(maxNamespaces: limits.maxNamespaces)))
    }

    private init(state: consuming State) {
        self.state = state
    }

    /// A packet of the given type arrived for `namespace`.
    ///
    /// - Throws: `.alreadyConnected`, `.notConnected`, `.connectErrorFromClient` or `.tooManyNamespaces`.
    public mutating func received(
        _ type: SocketPacketType, namespace: String
    ) throws(SocketIOViolation) -> OnPacket {
        switch consume self.state {
        case .open(var table):
            let order = table.received(type, namespace: namespace)
            self = Self(state: .open(table))
            return try order.get()
        case .closed(let hasJoinedEver):
            self = Self(state: .closed(hasJoinedEver: hasJoinedEver))
            return .ignore
        }
    }

    /// A packet of the given type arrived for the root namespace: `received(_:namespace:)` without the name.
    ///
    /// - Throws: The same.
    public mutating func receivedAtRoot(_ type: SocketPacketType) throws(SocketIOViolation) -> OnPacket {
        try self.received(type, namespace: NamespaceTable.root)
    }

    /// The middleware let the peer in.
    ///
    /// - Returns: false when the connection closed meanwhile: there is no one to confirm it to.
    public mutating func accepted(namespace: String) -> Bool {
        switch consume self.state {
        case .open(var table):
            let hasJoined = table.accept(namespace)
            self = Self(state: .open(table))
            return hasJoined
        case .closed(let hasJoinedEver):
            self = Self(state: .closed(hasJoinedEver: hasJoinedEver))
            return false
        }
    }

    /// The middleware refused the peer, which may try again.
    public mutating func refused(namespace: String) {
        switch consume self.state {
        case .open(var table):
            table.refuse(namespace)
            self = Self(state: .open(table))
        case .closed(let hasJoinedEver):
            self = Self(state: .closed(hasJoinedEver: hasJoinedEver))
        }
    }

    /// The server made the socket leave.
    ///
    /// - Returns: false when it was not joined. A namespace that is being joined is not left by this: its
    ///   CONNECT must still be accepted or refused.
    public mutating func left(namespace: String) -> Bool {
        switch consume self.state {
        case .open(var table):
            let hasLeft = table.leave(namespace)
            self = Self(state: .open(table))
            return hasLeft
        case .closed(let hasJoinedEver):
            self = Self(state: .closed(hasJoinedEver: hasJoinedEver))
            return false
        }
    }

    /// The connection closed.
    ///
    /// - Returns: The joined namespaces, whose sockets must be told; none at the second call.
    public mutating func closeAll() -> [String] {
        switch consume self.state {
        case .open(let table):
            let joined = table.joinedNames
            let hasJoinedEver = table.hasJoinedEver
            self = Self(state: .closed(hasJoinedEver: hasJoinedEver))
            return joined
        case .closed(let hasJoinedEver):
            self = Self(state: .closed(hasJoinedEver: hasJoinedEver))
            return []
        }
    }

    /// How many namespaces are joined.
    public var joinedCount: Int {
        switch self.state {
        case .open(let table): table.joinedCount
        case .closed: 0
        }
    }

    /// Whether `namespace` is joined.
    public func isJoined(_ namespace: String) -> Bool {
        switch self.state {
        case .open(let table): table.phase(of: namespace) == .joined
        case .closed: false
        }
    }

    /// Whether any namespace was ever joined: only that stops the connect timer.
    public var hasJoinedEver: Bool {
        switch self.state {
        case .open(let table): table.hasJoinedEver
        case .closed(let hasJoinedEver): hasJoinedEver
        }
    }
}
