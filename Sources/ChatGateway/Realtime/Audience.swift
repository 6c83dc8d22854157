internal import SocketIO
internal import SocketIOCore

/// Everybody who is connected: people in the namespace `/`, programs in `/bot`. Both hear and say the same.
struct Audience: Sendable {
    let people: Namespace<Signed>
    let bots: Namespace<Signed>

    var namespaces: [Namespace<Signed>] { [people, bots] }

    /// Those with somebody in them. A socket counts before it is in any room: nobody is missed.
    private var occupied: [Namespace<Signed>] { namespaces.filter { $0.socketCount > 0 } }

    /// Sends an event to the sockets of these rooms.
    func emit<Value: Codable & Sendable>(
        _ event: Event<Value>, _ value: Value, to rooms: [Room], except others: [Room] = [],
        isVolatile: Bool = false
    ) {
        for namespace in occupied {
            let target = namespace.to(rooms).except(others)
            (isVolatile ? target.volatile : target).emit(event, value)
        }
    }

    /// Lets the sockets of a person's devices hear what a conversation gets.
    func join(_ room: Room, _ other: Room) {
        for namespace in occupied { namespace.to(room).join(other) }
    }

    /// Lets them hear it no longer.
    func leave(_ room: Room, _ other: Room) {
        for namespace in occupied { namespace.to(room).leave(other) }
    }

    /// Closes the connections of these sockets.
    func disconnect(_ room: Room) {
        for namespace in occupied { namespace.to(room).disconnect(close: true) }
    }
}
