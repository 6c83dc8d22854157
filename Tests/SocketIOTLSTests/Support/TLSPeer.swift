internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import NIOTLS

/// A client that speaks TLS, or does not, and then whatever a test wants.
final class TLSPeer: Sendable {
    /// What the handshake gave it.
    struct Handshake: Sendable {
        let version: TLSVersion?
        let applicationProtocol: String?
        /// The certificate that the server showed.
        let certificate: [UInt8]?
    }

    let channel: any Channel
    /// Nil for plain connections.
    let handshake: Handshake?
    private let received: AsyncStream<[UInt8]>

    private init(channel: any Channel, handshake: Handshake?, received: AsyncStream<[UInt8]>) {
        self.channel = channel
        self.handshake = handshake
        self.received = received
    }

    /// A client's configuration that trusts the tests' own root.
    static func configuration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.rootCertificate.utf8)))
        return configuration
    }

    /// Connects without TLS.
    static func plain(_ port: Int) async throws -> TLSPeer {
        let (received, continuation) = AsyncStream<[UInt8]>.makeStream()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation, nil))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return TLSPeer(channel: channel, handshake: nil, received: received)
    }

    /// Connects and waits for the handshake.
    static func connect(
        _ port: Int, _ configuration: TLSConfiguration? = nil, name: String = "localhost"
    ) async throws -> TLSPeer {
        let context = try NIOSSLContext(configuration: configuration ?? self.configuration())
        let (received, continuation) = AsyncStream<[UInt8]>.makeStream()
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let settled = eventLoop.makePromise(of: Handshake.self)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: eventLoop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let encryption = try NIOSSLClientHandler(context: context, serverHostname: name)
                        try channel.pipeline.syncOperations.addHandlers(
                            encryption, Collector(continuation, (encryption, settled)))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
        } catch {
            settled.fail(error)
            throw error
        }
        let handshake = try await settled.futureResult.get()
        return TLSPeer(channel: channel, handshake: handshake, received: received)
    }

    /// Sends a request and gives the start of what comes back; empty when the connection ended instead.
    func ask(_ text: String) async -> String { await ask(Array(text.utf8)) }

    func ask(_ bytes: [UInt8]) async -> String {
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        var iterator = received.makeAsyncIterator()
        return String(decoding: await iterator.next() ?? [], as: UTF8.self)
    }

    /// What came up to the end of the connection; waits for it.
    func toTheEnd() async -> [UInt8] {
        await received.reduce(into: []) { $0 += $1 }
    }

    /// Ends the connection below TLS, without its farewell.
    func cut() async throws {
        try await channel.eventLoop.submit { [channel] in
            try channel.pipeline.syncOperations.context(handlerType: NIOSSLClientHandler.self).close(
                promise: nil)
        }.get()
    }

    /// Ends the connection in good order.
    func close() { channel.close(promise: nil) }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let bytes: AsyncStream<[UInt8]>.Continuation
    private let encryption: NIOSSLClientHandler?
    private let settled: EventLoopPromise<TLSPeer.Handshake>?

    init(
        _ bytes: AsyncStream<[UInt8]>.Continuation,
        _ tls: (NIOSSLClientHandler, EventLoopPromise<TLSPeer.Handshake>)?
    ) {
        self.bytes = bytes
        (encryption, settled) = (tls?.0, tls?.1)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes.yield(Array(unwrapInboundIn(data).readableBytesView))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent, let encryption else {
            return
        }
        settled?.succeed(
            TLSPeer.Handshake(
                version: encryption.tlsVersion, applicationProtocol: negotiated,
                certificate: try? encryption.peerCertificate?.toDERBytes()))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        settled?.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        settled?.fail(ChannelError.eof)
        bytes.finish()
    }
}
