internal import FoundationEssentials
public import SocketIOCore

/// A socket as the whole cluster sees it: a value, taken when ``Target/fetchSockets()`` asked. What it does reaches the
/// socket wherever it is connected.
public struct RemoteSocket<State: Sendable>: Sendable {
    /// The public id.
    public let id: SocketID
    /// What the client presented when it came.
    public let handshake: HandshakeDetails
    /// The rooms that it was in, the one of its own id included.
    public let rooms: Set<Room>
    /// What ``data(as:)`` decodes: JSON.
    public let dataJSON: [UInt8]
    /// The server that it is connected to, where the adapter's protocol tells.
    public let node: NodeID?
    private let namespace: Namespace<State>

    init(_ details: SocketDetails, namespace: Namespace<State>) {
        id = details.id
        handshake = details.handshake
        rooms = details.rooms
        dataJSON = details.dataJSON
        node = details.node
        self.namespace = namespace
    }

    /// The socket as a target, for flags, timeouts and calls.
    public var target: Target<State> { namespace.to(Room(id)) }

    /// What was known of the socket: ``AnySocket/setData(_:)``'s value, or its state where that is `Codable`.
    ///
    /// - Throws: `DecodingError` when it is of another form.
    public func data<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(dataJSON))
    }

    /// Sends an event to the socket; see ``AnySocket/emit(_:_:)-(Event<Argument>,_)``.
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) {
        target.emit(event, repeat each argument)
    }

    /// Sends a request to the socket and waits for its answer.
    ///
    /// - Parameters:
    ///   - request: the event, and the type of its answer.
    ///   - argument: the event's arguments.
    ///   - timeout: nil takes the configuration's `ackTimeout`.
    /// - Throws: `CallError`, `EmitError` or `EncodingError`.
    public func call<Reply, each Argument>(
        _ request: Request<Reply, repeat each Argument>, _ argument: repeat each Argument,
        timeout: Duration? = nil
    ) async throws -> Reply {
        let target = timeout.map { self.target.timeout($0) } ?? self.target
        let report = try await target.call(request, repeat each argument)
        if let reply = report.replies[id] ?? report.unnamedReplies.first { return reply }
        if report.unexpected[id] != nil { throw CallError.unexpectedReply("of another type") }
        let isOutstanding = report.missing.contains(id) || report.unnamedMissing > 0
        let isKnownGone = report.disconnected.contains(id) || (!isOutstanding && report.missingNodes.isEmpty)
        throw isKnownGone ? CallError.disconnected : CallError.timeout
    }

    /// Lets the socket join rooms.
    public func join(_ rooms: Room...) { target.join(rooms) }

    /// Takes the socket out of rooms.
    public func leave(_ rooms: Room...) { target.leave(rooms) }

    /// Disconnects the socket.
    ///
    /// - Parameter close: also closes its connection, and with it its other namespaces.
    public func disconnect(close: Bool = false) { target.disconnect(close: close) }
}

extension RemoteSocket where State: Decodable {
    /// The socket's state, decoded from what its server tells.
    ///
    /// - Throws: `DecodingError` when it is of another form, such as after ``AnySocket/setData(_:)``.
    public func state() throws -> State { try data(as: State.self) }
}
