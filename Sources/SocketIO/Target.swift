internal import Logging
public import SocketIOCore
internal import SocketIOProtocol

/// Some sockets of a namespace, named by rooms; a value that can be kept and passed on.
public struct Target<State: Sendable>: Sendable {
    let namespace: Namespace<State>
    private(set) var options: BroadcastOptions
    /// How long answers are waited for; nil leaves it to the configuration.
    var timeout: Duration?

    init(namespace: Namespace<State>, options: BroadcastOptions) {
        self.namespace = namespace
        self.options = options
    }

    /// Also everybody in these rooms.
    public func to(_ rooms: Room...) -> Self { to(rooms) }

    /// Also everybody in these rooms.
    public func to(_ rooms: [Room]) -> Self { with { $0.options.rooms += rooms } }

    /// Nobody who is in one of these rooms.
    public func except(_ rooms: Room...) -> Self { except(rooms) }

    /// Nobody who is in one of these rooms.
    public func except(_ rooms: [Room]) -> Self { with { $0.options.except += rooms } }

    /// Whoever cannot take the event at once does not get it.
    public var volatile: Self { with { $0.options.isVolatile = true } }

    /// Only sockets of this process.
    public var local: Self { with { $0.options.isLocal = true } }

    /// Whether transports that compress may compress the event; false for what is compressed already.
    public func compress(_ isCompressed: Bool) -> Self { with { $0.options.isCompressed = isCompressed } }

    func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
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
        let core = namespace.core
        guard let spans = core.settings.spans else {
            core.adapter.broadcast(EventPacket(name, arguments), options: options)
            return
        }
        let span = SocketSpan(
            kind: .broadcast, namespace: core.name, event: name, socket: nil, headers: nil)
        spans.record(span) { core.adapter.broadcast(EventPacket(name, arguments), options: options) }
    }

    /// Sends the event `message`, as the reference's `send` does.
    public func send<each Argument: Codable & Sendable>(message argument: repeat each Argument) {
        emit(Event<repeat each Argument>("message"), repeat each argument)
    }

    /// Lets all of them join rooms.
    public func join(_ rooms: Room...) { join(rooms) }

    /// Lets all of them join rooms.
    public func join(_ rooms: [Room]) { namespace.core.adapter.join(rooms, options: options) }

    /// Takes all of them out of rooms.
    public func leave(_ rooms: Room...) { leave(rooms) }

    /// Takes all of them out of rooms.
    public func leave(_ rooms: [Room]) { namespace.core.adapter.leave(rooms, options: options) }

    /// Disconnects all of them.
    ///
    /// - Parameter close: also closes their connections, and with them their other namespaces.
    public func disconnect(close: Bool = false) {
        namespace.core.adapter.disconnect(options: options, close: close)
    }

    /// The sockets of this process among them.
    public func sockets() async -> [Socket<State>] {
        await namespace.core.sockets(matching: options).map { unsafeDowncast($0, to: Socket<State>.self) }
    }

    /// All of them, wherever they are connected. Servers that do not answer within the target's ``timeout(_:)``, else
    /// the configuration's `requestTimeout`, are named in the answer.
    public func fetchSockets() async -> ClusterAnswer<[RemoteSocket<State>]> {
        let core = namespace.core
        let answer = await core.adapter.fetchSockets(
            options: options, timeout: timeout ?? core.settings.requestTimeout)
        return ClusterAnswer(
            answer.value.map { RemoteSocket($0, namespace: namespace) }, missing: answer.missing,
            isComplete: answer.isComplete)
    }
}
