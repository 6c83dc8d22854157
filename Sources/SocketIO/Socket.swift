public import SocketIOCore
internal import Synchronization

/// One client in one namespace.
///
/// `state` is what the namespace's authenticator made of the client; it is never missing.
public final class Socket<State: Sendable>: AnySocket, @unchecked Sendable {
    private let current: Mutex<State>
    private let namespace: Namespace<State>

    override var memory: SocketMemory {
        let (state, namespace, expiry) = (state, namespace, extras?.expiry)
        return SocketMemory(state: state, dataJSON: extras?.dataJSON) { handshake, connection, id in
            let socket = Socket(
                id: id, handshake: handshake, state: state, namespace: namespace, connection: connection)
            // A state that nobody judges again expires when it would have.
            if let expiry { socket.extrasMade().expiry = expiry }
            return socket
        }
    }

    init(
        id: SocketID, handshake: Handshake, state: State, namespace: Namespace<State>, connection: Connection
    ) {
        current = Mutex(state)
        self.namespace = namespace
        super.init(id: id, handshake: handshake, core: namespace.core, connection: connection)
    }

    /// What the authenticator returned, or what has replaced it since.
    public var state: State { current.withLock { $0 } }

    /// Changes the state in place. For short work: a lock is held meanwhile.
    public func withState<Result: Sendable>(_ change: (inout State) throws -> Result) rethrows -> Result {
        try current.withLock { try change(&$0) }
    }

    /// Replaces the state as a whole, and sets until when it holds.
    public func refresh(_ state: State, expires expiry: Expiry) {
        current.withLock { $0 = state }
        setExpiry(expiry)
    }

    /// Everybody in these rooms but this socket.
    public func to(_ rooms: Room...) -> Target<State> { broadcast.to(rooms) }

    /// Everybody in these rooms but this socket.
    public func to(_ rooms: [Room]) -> Target<State> { broadcast.to(rooms) }

    /// Everybody in the namespace but this socket and who is in one of these rooms.
    public func except(_ rooms: Room...) -> Target<State> { broadcast.except(rooms) }

    /// Everybody in the namespace but this socket.
    public var broadcast: Target<State> {
        Target(namespace: namespace, options: BroadcastOptions(except: [Room(id)]))
    }

    /// Where the state can be written as JSON, it is what other servers see of the socket.
    override func stateJSON() -> [UInt8] {
        guard let value = state as? any Encodable, let json = try? Self.json(value) else {
            return super.stateJSON()
        }
        return json
    }

    private static func json(_ value: some Encodable) throws -> [UInt8] { try EncodedArguments(value).json }
}
