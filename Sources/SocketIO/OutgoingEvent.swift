public import SocketIOEvents

/// An event on its way to a client, as ``Namespace/onAnyOutgoing(_:_:)`` sees it.
public struct OutgoingEvent: Sendable {
    /// The event's name.
    public let name: String
    /// Its arguments.
    public let arguments: EncodedArguments
    /// Whether the client is asked for an ack.
    public let wantsAck: Bool
}
