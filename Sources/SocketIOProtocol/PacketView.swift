/// Where the parts of a packet lie in the bytes that it was decoded from.
///
/// It owns nothing: ranges index the bytes that were given to `PacketDecoder.decode(_:)`.
public struct PacketView: Equatable, Sendable {
    /// The packet's type.
    public var type: SocketPacketType
    /// How many binary messages belong to the packet; 0 unless the type is binary.
    public var attachmentCount: Int
    /// The namespace's name with its slash; nil is the root namespace `/`, however it was spelled.
    public var namespace: Range<Int>?
    /// The ack id: of an event, that it wants an answer; of an ack, what it answers.
    public var ackID: UInt64?
    /// The JSON value, without whitespace after it; empty when the packet carries none.
    public var payload: Range<Int>
    /// The event's name and arguments; nil unless the type is `.event` or `.binaryEvent`.
    public var event: EventView?
    /// The comma separated arguments of an event or ack, without brackets; empty when there are none.
    public var arguments: Range<Int>
    /// How many arguments there are.
    public var argumentCount: Int

    /// Creates a view; the decoder is the one who does.
    public init(
        type: SocketPacketType,
        attachmentCount: Int = 0,
        namespace: Range<Int>? = nil,
        ackID: UInt64? = nil,
        payload: Range<Int> = 0..<0,
        event: EventView? = nil,
        arguments: Range<Int> = 0..<0,
        argumentCount: Int = 0
    ) {
        self.type = type
        self.attachmentCount = attachmentCount
        self.namespace = namespace
        self.ackID = ackID
        self.payload = payload
        self.event = event
        self.arguments = arguments
        self.argumentCount = argumentCount
    }
}
