/// Why an event could not be sent.
public enum EmitError: Error, Equatable, Sendable {
    /// The name belongs to Socket.IO itself.
    case reservedName(String)
    /// The socket is disconnected.
    case disconnected
}
