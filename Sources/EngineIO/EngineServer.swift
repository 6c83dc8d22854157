public import EngineIOProtocol
internal import Synchronization

/// An Engine.IO server without a socket of its own: it answers what an ``EngineListener`` gives it.
public final class EngineServer: Sendable {
    /// How the server behaves.
    public let configuration: EngineConfiguration
    let application: any EngineApplication
    let sessions = SessionTable()

    /// A server whose sessions are handed to `application`.
    public init(configuration: EngineConfiguration = .init(), application: any EngineApplication) {
        self.configuration = configuration
        self.application = application
    }

    /// How many sessions are live.
    public var sessionCount: Int { sessions.count }

    func makeSession(
        for request: HandshakeRequest, transport: TransportName, loop: EngineLoop
    ) -> EngineSession {
        let session = EngineSession(
            id: SessionID.make(using: &loop.random), request: request, transport: transport, loop: loop,
            server: self)
        sessions.insert(session)
        return session
    }

    /// Ends every session: WebSockets get a close frame with 1001, held polls a close packet.
    public func closeAll(_ reason: CloseReason = .serverShuttingDown) {
        for session in sessions.all { session.close(reason) }
    }
}
