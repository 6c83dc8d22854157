internal import NIOCore
internal import NIOPosix

/// Connections of the system, encrypted or not.
struct TCPDialer: Dialer {
    let host: String
    let port: Int
    let timeout: TimeAmount
    /// Nil for connections that are not encrypted.
    let encryption: ClientEncryption?

    func dial(
        on eventLoop: any EventLoop, configure: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        ClientBootstrap(group: eventLoop)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try encryption?.install(in: channel)
                    try configure(channel)
                }
            }
            .connect(host: host, port: port)
    }
}
