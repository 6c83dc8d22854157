public import EngineIOProtocol
internal import Synchronization

/// An Engine.IO server without a socket of its own: it answers what an ``EngineListener`` gives it.
public final class EngineServer: Sendable {
    /// How the server behaves.
    public let configuration: EngineConfiguration
    let application: any EngineApplication
    let sessions = SessionTable()
    let admission: Admission
    let observer: (any EngineObserver)?
    /// Asked for each packet: to look into an optional existential copies it.
    let isObserved: Bool
    /// Requests that were refused; asked for by no packet, so a lock will do.
    let refusalCounts = Mutex<[Refusal: Int]>([:])

    /// A server whose sessions are handed to `application`.
    public init(configuration: EngineConfiguration = .init(), application: any EngineApplication) {
        self.configuration = configuration
        self.application = application
        admission = Admission(limits: configuration.admission)
        observer = configuration.observer
        isObserved = configuration.observer != nil
    }

    /// How many sessions are live (the reference's `clientsCount`).
    public var sessionCount: Int { sessions.count }

    /// Whether new sessions are taken. When false, handshakes are answered with 503 and `Retry-After`, so that
    /// clients and load balancers go elsewhere; live sessions go on. True at first.
    public var acceptsHandshakes: Bool {
        get { admission.acceptsHandshakes }
        set { admission.acceptsHandshakes = newValue }
    }

    /// A session in the table; nil when the id is another's.
    ///
    /// - Parameter id: the id that the application made, nil for a random one.
    func makeSession(
        for request: EngineRequest, transport: TransportName, loop: EngineLoop, id: String?,
        ticket: Admission.Ticket?
    ) -> EngineSession? {
        let session = EngineSession(
            id: id ?? SessionID.make(using: &loop.random), request: request.info.packed(),
            transport: transport,
            form: request.packetForm, loop: loop, server: self)
        session.ticket = ticket
        return sessions.insert(session) ? session : nil
    }

    /// Ends every session: WebSockets get a close frame with 1001, held polls a close packet.
    public func closeAll(_ reason: CloseReason = .serverShuttingDown) {
        for session in sessions.all { session.close(reason) }
    }
}
