package import NIOCore

/// Opens the connections of a client: TCP, TLS over TCP, or a test's network in memory.
package protocol Dialer: Sendable {
    /// A connection on `eventLoop` whose pipeline `configure` has filled before the first byte is read.
    func dial(
        on eventLoop: any EventLoop, configure: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<any Channel>
}
