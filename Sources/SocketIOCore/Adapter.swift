/// Carries what a namespace does to its sockets and servers wherever they are; one for each namespace.
///
/// The in-memory adapter knows this process only. Adapters for a cluster pass on what is not local, call
/// ``LocalDelivery`` for what arrives and for this process's own part, and depend on this room, never on the server
/// above it. Everything that crosses is a value, in a form that both of the reference's cluster protocols can carry.
///
/// No method throws: a server that does not answer is named in the ``ClusterAnswer``, and what a broken line to the
/// other servers swallows is the adapter's to log.
public protocol Adapter: Sendable {
    /// This server's name.
    var node: NodeID { get }

    /// Delivers an event to all sockets that the options name. Events from one caller keep their order.
    func broadcast(_ event: EventPacket, options: BroadcastOptions)

    /// Delivers an event that each socket is asked to answer.
    ///
    /// The adapter tells the collector which servers it asks (``AnswerCollector/expect(nodes:)``, once), hands it to
    /// ``LocalDelivery/deliver(_:options:timeout:answers:)`` for this process, and reports what the others say. It
    /// frees what it keeps when the collector ends (``AnswerCollector/whenEnded(_:)``).
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - options: which sockets are meant, and how they get it.
    ///   - timeout: after which the caller ends the collector; other servers should forget the request then too.
    ///   - answers: collects what they say.
    func broadcast(
        _ event: EventPacket, options: BroadcastOptions, timeout: Duration, answers: AnswerCollector)

    /// Lets all sockets that the options name join rooms.
    func join(_ rooms: [Room], options: BroadcastOptions)
    /// Takes all sockets that the options name out of rooms.
    func leave(_ rooms: [Room], options: BroadcastOptions)
    /// Disconnects all sockets that the options name.
    ///
    /// - Parameters:
    ///   - options: which sockets are meant.
    ///   - close: also closes their connections.
    func disconnect(options: BroadcastOptions, close: Bool)

    /// All sockets that the options name.
    func fetchSockets(options: BroadcastOptions, timeout: Duration) async -> ClusterAnswer<[SocketDetails]>
    /// All rooms that have somebody in them, sockets' own rooms aside.
    func rooms(timeout: Duration) async -> ClusterAnswer<Set<Room>>

    /// Sends an event to the other servers, not to this one.
    func serverSideEmit(_ event: EventPacket)
    /// Sends an event to the other servers and collects their answers.
    func serverSideCall(_ event: EventPacket, timeout: Duration) async -> ClusterAnswer<[ServerAnswer]>
    /// How many servers there are, this one included.
    func serverCount() async -> Int

    /// The namespace is gone: nothing is delivered any more, the other servers are told.
    func close()
}

extension Adapter {
    public func close() {}
}
