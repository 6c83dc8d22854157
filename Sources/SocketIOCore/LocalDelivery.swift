public import SocketIOProtocol

/// What an adapter can do with the sockets of this process in its namespace. All methods may be called from anywhere.
public protocol LocalDelivery: AnyObject, Sendable {
    /// Delivers an event to the local sockets that the options name.
    func deliver(_ event: EventPacket, options: BroadcastOptions)

    /// Delivers an event and reports to the collector which local sockets got it (``AnswerCollector/asked(_:by:)``,
    /// also when nobody did), what they answer, and which of them are gone.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - options: which sockets are meant, and how they get it.
    ///   - timeout: after which the collector is ended.
    ///   - answers: collects what they say.
    func deliver(
        _ event: EventPacket, options: BroadcastOptions, timeout: Duration, answers: AnswerCollector)

    /// Lets the local sockets that the options name join rooms.
    func joinLocally(_ rooms: [Room], options: BroadcastOptions)
    /// Takes the local sockets that the options name out of rooms.
    func leaveLocally(_ rooms: [Room], options: BroadcastOptions)
    /// Disconnects the local sockets that the options name.
    func disconnectLocally(options: BroadcastOptions, close: Bool)

    /// The local sockets that the options name.
    func fetchLocally(options: BroadcastOptions) async -> [SocketDetails]
    /// The rooms that local sockets are in, their own rooms aside.
    func localRooms() async -> Set<Room>

    /// Another server sent an event.
    func receivedServerEvent(_ event: EventPacket, from node: NodeID?)
    /// Another server sent an event and waits for an answer; nil when nobody here answers it.
    func answerServerEvent(_ event: EventPacket, from node: NodeID?) async -> EncodedArguments?
    /// Another server has come.
    func nodeJoined(_ node: NodeID)
    /// Another server is gone.
    func nodeLeft(_ node: NodeID)
}
