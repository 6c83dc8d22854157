/// Why an event could not be sent.
public enum EmitError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name belongs to Socket.IO itself.
    case reservedName(String)
    /// The socket is disconnected.
    case disconnected

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .reservedName(let name):
            "the event name \"\(name)\" belongs to Socket.IO: choose another"
        case .disconnected:
            "the socket is disconnected: send it when the client has connected again, or turn recovery on"
        }
    }
}
