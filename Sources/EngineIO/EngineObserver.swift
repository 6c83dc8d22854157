public import EngineIOProtocol
public import NIOCore

/// Is told what happens in an engine's sessions: the reference's events of its sockets, for whoever wants to watch.
///
/// Every method is called on the session's event loop and must not block. Each does nothing unless it is implemented.
/// An engine without an observer pays one test for it.
public protocol EngineObserver: Sendable {
    /// A session was opened (`connection`).
    func opened(_ session: EngineSession)
    /// A packet came; `data` are the bytes behind its type (`packet`).
    func received(_ type: EnginePacketType, _ data: ByteBuffer, from session: EngineSession)
    /// A message came (`data`).
    func received(message: ByteBuffer, isBinary: Bool, from session: EngineSession)
    /// The client showed that it lives: a pong, in v3 a ping (`heartbeat`).
    func heartbeat(_ session: EngineSession)
    /// A packet was put into the outbox (`packetCreate`).
    func created(_ packet: OutgoingPacket, for session: EngineSession)
    /// So many packets are about to be given to the transport (`flush`).
    func flushing(_ packets: Int, of session: EngineSession)
    /// The transport has everything (`drain`).
    func drained(_ session: EngineSession)
    /// A WebSocket that wants to carry the session sent its probe (`upgrading`).
    func upgrading(_ session: EngineSession)
    /// The session moved to a WebSocket (`upgrade`).
    func upgraded(_ session: EngineSession)
    /// A WebSocket that wanted to carry the session went away, or took too long.
    func upgradeFailed(_ session: EngineSession)
    /// The session is over (`close`).
    func closed(_ session: EngineSession, _ reason: CloseReason, _ detail: CloseDetail?)
}

extension EngineObserver {
    public func opened(_ session: EngineSession) {}
    public func received(_ type: EnginePacketType, _ data: ByteBuffer, from session: EngineSession) {}
    public func received(message: ByteBuffer, isBinary: Bool, from session: EngineSession) {}
    public func heartbeat(_ session: EngineSession) {}
    public func created(_ packet: OutgoingPacket, for session: EngineSession) {}
    public func flushing(_ packets: Int, of session: EngineSession) {}
    public func drained(_ session: EngineSession) {}
    public func upgrading(_ session: EngineSession) {}
    public func upgraded(_ session: EngineSession) {}
    public func upgradeFailed(_ session: EngineSession) {}
    public func closed(_ session: EngineSession, _ reason: CloseReason, _ detail: CloseDetail?) {}
}
