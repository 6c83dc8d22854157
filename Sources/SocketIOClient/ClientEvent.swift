/// An event of the server on its way to its handlers.
public struct ClientEvent: Sendable {
    /// The event's name.
    public let name: String
    /// Its arguments, not decoded yet. In a recoverable session the last one is the recovery's offset.
    public let arguments: EventArguments
    /// Whether the server waits for an ack.
    public var wantsAck: Bool { ackID != nil }

    let ackID: UInt64?
}
