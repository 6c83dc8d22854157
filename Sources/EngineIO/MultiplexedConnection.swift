/// A connection whose requests are streams beside each other. Confined to its event loop.
public protocol MultiplexedConnection: AnyObject {
    /// The listener goes away: no further stream is taken, and the connection ends with the last one.
    func closeWhenIdle()
    /// Closes at once, whatever goes on.
    func closeNow()
}
