public import NIOCore

/// Encrypts the connections of a listener. `ServerTLS` of the product SocketIOTLS does; this room knows no TLS itself.
public protocol ListenerTLS: Sendable {
    /// A listener has begun. What is to be done beside its connections, such as looking for new certificates, goes on
    /// until `channel` closes.
    func listenerStarted(_ channel: any Channel)

    /// Puts its handlers into the empty pipeline of a new connection, on the connection's event loop.
    ///
    /// They say what the handshake settled by firing a ``ConnectionTLS`` as an inbound event before the first byte. If
    /// that is ``ConnectionTLS/http2``, the handlers of HTTP/1.1 leave the pipeline at this event, and streams are given to
    /// `streams`. How long a handshake may take is the listener's business: ``HTTPLimits/headTimeout`` begins with the
    /// connection.
    func secure(_ channel: any Channel, streams: ListenerStreams) throws
}
