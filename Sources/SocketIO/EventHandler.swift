internal import SocketIOCore
internal import SocketIOProtocol

/// What is called with an event: a function that may wait, or one that cannot.
///
/// The second kind is called where the packet was read, without a task: a task costs as much as the rest of a short handler.
enum EventHandler: Sendable {
    case plain(@Sendable (AnySocket, IncomingEvent) throws -> EncodedArguments?)
    case waiting(@Sendable (AnySocket, IncomingEvent) async throws -> EncodedArguments?)

    func callAsFunction(_ socket: AnySocket, _ event: IncomingEvent) async throws -> EncodedArguments? {
        switch self {
        case .plain(let handler): try handler(socket, event)
        case .waiting(let handler): try await handler(socket, event)
        }
    }
}
