/// A socket as the other servers of its cluster see it.
public struct SocketDetails: Sendable, Equatable {
    /// The public id.
    public var id: SocketID
    /// How its client came.
    public var handshake: HandshakeDetails
    /// Its rooms, the one of its own id included, as the reference lists them.
    public var rooms: Set<Room>
    /// What the application tells of the socket, a JSON value; `{}` when that is nothing.
    public var dataJSON: [UInt8]
    /// The server that it is connected to, where the adapter's protocol tells.
    public var node: NodeID?

    /// Details of these values.
    public init(
        id: SocketID, handshake: HandshakeDetails, rooms: Set<Room>, dataJSON: [UInt8] = Array("{}".utf8),
        node: NodeID? = nil
    ) {
        self.id = id
        self.handshake = handshake
        self.rooms = rooms
        self.dataJSON = dataJSON
        self.node = node
    }
}
