internal import Logging
internal import SocketIOCore
internal import SocketIOProtocol

/// A socket with flags for the next event; a value that can be kept.
public struct FlaggedSocket: Sendable {
    private let socket: AnySocket
    private var isVolatile = false
    private var isCompressed = true

    init(_ socket: AnySocket) { self.socket = socket }

    /// If the client cannot take the event at once it does not get it: when no poll waits, the WebSocket is not
    /// writable, or something else waits to be sent.
    public var volatile: Self { with { $0.isVolatile = true } }

    /// Whether the transport may compress the event, if it does compress; false for what is compressed already.
    public func compress(_ isCompressed: Bool) -> Self { with { $0.isCompressed = isCompressed } }

    private func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }

    /// Sends an event; see ``AnySocket/emit(_:_:)-(Event<Argument>,_)``.
    public func emit<each Argument: Codable & Sendable>(
        _ event: Event<repeat each Argument>, _ argument: repeat each Argument
    ) {
        do {
            emit(event.name, try EncodedArguments(coding: socket.core.coding, repeat each argument))
        } catch {
            socket.core.logger.error(
                "event not sent", metadata: ["event": "\(event.name)", "error": "\(error)"])
        }
    }

    /// Sends an event whose arguments are encoded already.
    public func emit(_ name: String, _ arguments: EncodedArguments) {
        socket.emit(name, arguments, isVolatile: isVolatile, isCompressed: isCompressed)
    }
}

extension AnySocket {
    /// This socket, for an event that it does not get if it cannot take it at once.
    public var volatile: FlaggedSocket { FlaggedSocket(self).volatile }

    /// This socket, for an event that the transport may or may not compress.
    public func compress(_ isCompressed: Bool) -> FlaggedSocket { FlaggedSocket(self).compress(isCompressed) }

    /// Sends the event `message`, as the reference's `send` does.
    public func send<each Argument: Codable & Sendable>(message argument: repeat each Argument) {
        emit(Event<repeat each Argument>("message"), repeat each argument)
    }
}
