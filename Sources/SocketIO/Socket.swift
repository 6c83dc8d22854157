public import SocketIOCore

/// One client in one namespace.
///
/// `state` is what the namespace's authenticator made of the client; it is never missing.
public final class Socket<State: Sendable>: AnySocket, @unchecked Sendable {
    /// What the authenticator returned.
    public let state: State
    private let namespace: Namespace<State>

    init(
        id: SocketID, handshake: Handshake, state: State, namespace: Namespace<State>, connection: Connection
    ) {
        self.state = state
        self.namespace = namespace
        super.init(id: id, handshake: handshake, core: namespace.core, connection: connection)
    }

    /// Everybody in these rooms but this socket.
    public func to(_ rooms: Room...) -> Target<State> {
        Target(namespace: namespace, options: BroadcastOptions(rooms: rooms, except: [Room(id)]))
    }

    /// Everybody in the namespace but this socket.
    public var broadcast: Target<State> {
        Target(namespace: namespace, options: BroadcastOptions(except: [Room(id)]))
    }
}
