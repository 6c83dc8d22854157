public import EngineIOProtocol
public import NIOCore

/// What stands on top of an ``EngineServer``: it learns of new sessions.
public protocol EngineApplication: Sendable {
    /// A session was opened. Called on the session's event loop.
    ///
    /// - Returns: who hears of the session's messages from now on.
    func sessionOpened(_ session: EngineSession) -> any EngineSessionHandler
}

/// Hears of one session's messages. Every method is called on the session's event loop.
///
/// This is the one seam at which the engine calls the layer above; everything below it returns values.
public protocol EngineSessionHandler: AnyObject {
    /// A text message; the bytes after the packet's type digit.
    func received(text: ByteBuffer)
    /// A binary message.
    func received(binary: ByteBuffer)
    /// The session moved to another transport.
    func transportChanged()
    /// The session is over. Nothing follows.
    func closed(_ reason: CloseReason)
}

extension EngineSessionHandler {
    /// Does nothing: few want to know.
    public func transportChanged() {}
}
