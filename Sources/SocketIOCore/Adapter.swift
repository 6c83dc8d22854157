/// Carries broadcasts to every socket of a namespace, wherever it is connected.
///
/// The in-memory adapter knows this process only. Adapters for a cluster pass on what is not local and call
/// ``LocalDelivery`` for what arrives. They depend on this room, never on the server above it.
public protocol Adapter: Sendable {
    /// Delivers a packet to all sockets that the options name. Packets from one caller keep their order.
    func broadcast(_ packet: EncodedPacket, options: BroadcastOptions)
    /// Lets all sockets that the options name join rooms.
    func join(_ rooms: [Room], options: BroadcastOptions)
    /// Takes all sockets that the options name out of rooms.
    func leave(_ rooms: [Room], options: BroadcastOptions)
    /// Disconnects all sockets that the options name.
    ///
    /// - Parameter close: also closes their connections.
    func disconnect(options: BroadcastOptions, close: Bool)
}

/// What an adapter can do with the sockets of this process.
public protocol LocalDelivery: AnyObject, Sendable {
    /// Delivers a packet to the local sockets that the options name.
    func deliver(_ packet: EncodedPacket, options: BroadcastOptions)
    /// Lets the local sockets that the options name join rooms.
    func joinLocally(_ rooms: [Room], options: BroadcastOptions)
    /// Takes the local sockets that the options name out of rooms.
    func leaveLocally(_ rooms: [Room], options: BroadcastOptions)
    /// Disconnects the local sockets that the options name.
    func disconnectLocally(options: BroadcastOptions, close: Bool)
}
