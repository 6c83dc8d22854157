internal import EngineIO
internal import EngineIOProtocol
internal import NIOCore

/// Writes down what the engine tells it, and does what a test wants done.
///
/// Confined to the one event loop of its test, and to the thread that runs it.
final class RecordingApplication: EngineApplication, @unchecked Sendable {
    private struct Weak {
        weak var session: EngineSession?
    }

    /// `open`, `text hello`, `binary [1, 2]`, `closed transport close`, in order, over all sessions.
    private(set) var events: [String] = []
    private var opened: [Weak] = []
    /// Called when a session opens.
    var onOpen: (EngineSession) -> Void = { _ in }
    /// Called with each text message, and with each binary one as its packet.
    var onMessage: (EngineSession, OutgoingPacket) -> Void = { _, _ in }

    /// The sessions that are still in memory, in the order of their opening.
    var sessions: [EngineSession] { opened.compactMap(\.session) }

    func sessionOpened(_ session: EngineSession) -> any EngineSessionHandler {
        opened.append(Weak(session: session))
        record("open")
        onOpen(session)
        return RecordingHandler(application: self, session: session)
    }

    func record(_ event: String) {
        events.append(event)
    }

    /// What was recorded since this was asked last.
    func takeEvents() -> [String] {
        defer { events = [] }
        return events
    }
}
