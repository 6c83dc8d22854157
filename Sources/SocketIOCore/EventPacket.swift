public import SocketIOProtocol

/// An event as an adapter carries it: not yet in any client's wire form, so that each server writes it once for each
/// protocol variant that its clients speak.
public struct EventPacket: Sendable, Equatable {
    /// The event's name.
    public var name: String
    /// Its arguments.
    public var arguments: EncodedArguments

    /// An event with this name and these arguments.
    public init(_ name: String, _ arguments: EncodedArguments = EncodedArguments()) {
        self.name = name
        self.arguments = arguments
    }
}
