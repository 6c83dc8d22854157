internal import Logging
public import SocketIOCore
internal import SocketIOProtocol

/// Some sockets of a namespace, named by rooms; a value that can be kept and passed on.
public struct Target<State: Sendable>: Sendable {
    private let namespace: Namespace<State>
    private var options: BroadcastOptions

    init(namespace: Namespace<State>, options: BroadcastOptions) {
        self.namespace = namespace
        self.options = options
    }

    /// Also everybody in these rooms.
    public func to(_ rooms: Room...) -> Self { with { $0.rooms += rooms } }

    /// Nobody who is in one of these rooms.
    public func except(_ rooms: Room...) -> Self { with { $0.except += rooms } }

    /// Whoever cannot take the event at once does not get it.
    public var volatile: Self { with { $0.isVolatile = true } }

    /// Only sockets of this process.
    public var local: Self { with { $0.isLocal = true } }

    private func with(_ change: (inout BroadcastOptions) -> Void) -> Self {
        var copy = self
        change(&copy.options)
        return copy
    }

    /// Sends an event to all of them, encoded once.
    ///
    /// Arguments that cannot be written as JSON, and reserved names, are logged and not sent.
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) {
        do {
            emit(event.name, try EncodedArguments(coding: namespace.core.coding, repeat each argument))
        } catch {
            namespace.core.logger.error(
                "event not sent", metadata: ["event": "\(event.name)", "error": "\(error)"])
        }
    }

    /// Sends an event whose arguments are encoded already.
    public func emit(_ name: String, _ arguments: EncodedArguments) {
        guard !ReservedNames.isReserved(name) else {
            namespace.core.logger.error("event not sent: reserved name", metadata: ["event": "\(name)"])
            return
        }
        namespace.core.adapter.broadcast(EventPacket(name, arguments), options: options)
    }

    /// Lets all of them join rooms.
    public func join(_ rooms: Room...) {
        namespace.core.adapter.join(rooms, options: options)
    }

    /// Takes all of them out of rooms.
    public func leave(_ rooms: Room...) {
        namespace.core.adapter.leave(rooms, options: options)
    }

    /// Disconnects all of them.
    public func disconnect(close: Bool = false) {
        namespace.core.adapter.disconnect(options: options, close: close)
    }

    /// The sockets of this process among them.
    public func sockets() async -> [Socket<State>] {
        await namespace.core.sockets(matching: options).map { unsafeDowncast($0, to: Socket<State>.self) }
    }
}
