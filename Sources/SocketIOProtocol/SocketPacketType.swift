/// The seven packet types of the Socket.IO protocol, revision 5.
///
/// The raw value is the digit that opens a packet on the wire (Socket.IO protocol, "Packet encoding").
public enum SocketPacketType: UInt8, Sendable, CaseIterable {
    /// Asks to join a namespace, or confirms it.
    case connect = 0
    /// Leaves a namespace.
    case disconnect = 1
    /// An event: a name and its arguments.
    case event = 2
    /// The answer to an event that carried an ack id.
    case ack = 3
    /// The server's refusal to let the client into a namespace.
    case connectError = 4
    /// An event whose binary arguments follow as attachments.
    case binaryEvent = 5
    /// An ack whose binary arguments follow as attachments.
    case binaryAck = 6

    /// Whether the header of this type carries a number of attachments.
    @inlinable
    public var announcesAttachments: Bool {
        self == .binaryEvent || self == .binaryAck
    }
}
