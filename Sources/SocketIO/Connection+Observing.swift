internal import EngineIO
internal import EngineIOProtocol
internal import SocketIOProtocol

/// What others want to know of a connection.
extension Connection {
    func transportChanged() {
        for socket in sockets {
            for handler in socket.core.current.all.upgraded { handler(socket) }
        }
    }

    func traced(
        _ handshake: Handshake, _ judge: @Sendable () async throws -> Admitted?
    ) async throws -> Admitted? {
        guard let spans = configuration.spans else { return try await judge() }
        return try await spans.record(
            SocketSpan(
                kind: .connect, namespace: handshake.namespace, event: nil, socket: nil,
                headers: handshake.headers)
        ) { try await judge() }
    }
}

extension DisconnectReason {
    /// The reason that sockets are told when their engine session ended for this one.
    init(_ reason: CloseReason) {
        switch reason {
        case .transportError: self = .transportError
        case .transportClose: self = .transportClose
        case .forcedClose: self = .forcedClose
        case .pingTimeout: self = .pingTimeout
        case .parseError: self = .parseError
        case .serverShuttingDown: self = .serverShuttingDown
        case .slowConsumer: self = .slowConsumer
        }
    }
}
