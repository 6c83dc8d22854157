/// An event on its way to its handlers.
public struct IncomingEvent: Sendable {
    /// The event's name.
    public let name: String
    /// Its arguments, not decoded yet.
    public let arguments: EventArguments
    /// Whether the client waits for an ack.
    public var wantsAck: Bool { ackID != nil }

    let ackID: UInt64?
}
