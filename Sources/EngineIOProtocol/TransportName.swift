/// The transports of this server, by their name in a request.
public enum TransportName: String, Sendable, Equatable, CaseIterable {
    case polling
    case websocket
}
