internal import EngineIO
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Stands behind the encryption of one connection: says what the handshake settled, puts the handlers of HTTP/2 into the
/// pipeline if it was that, and tells ends apart.
final class TLSReporter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let encryption: NIOSSLServerHandler
    private let streams: ListenerStreams
    private let logger: Logger
    private var isSettled = false

    init(encryption: NIOSSLServerHandler, streams: ListenerStreams, logger: Logger) {
        self.encryption = encryption
        self.streams = streams
        self.logger = logger
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
            isSettled = true
            let settled = ConnectionTLS(
                version: encryption.tlsVersion.map(Self.name) ?? "", applicationProtocol: negotiated,
                clientCertificate: try? encryption.peerCertificate?.toDERBytes())
            context.fireUserInboundEventTriggered(settled)
            if negotiated == ConnectionTLS.http2 {
                do {
                    try HTTP2Connection.install(
                        behind: self, in: context.channel, streams: streams, tls: settled, logger: logger)
                } catch {
                    context.fireErrorCaught(error)
                    context.close(promise: nil)
                }
                return
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard isSettled else {
            // Everybody who scans ports causes these; they are told to who asks.
            logger.debug(
                "no TLS handshake",
                metadata: [
                    "address": "\(context.channel.remoteAddress?.ipAddress ?? "")", "error": "\(error)",
                ])
            context.fireErrorCaught(error)
            return
        }
        // A client that ends its connection without a farewell of TLS's own: an end like any other. What is cut off in the
        // middle is seen by the protocols above, which know how long it should have been.
        if case .uncleanShutdown? = error as? NIOSSLError { return }
        if error is NIOSSLCloseTimedOutError { return }
        context.fireErrorCaught(error)
    }

    private static func name(_ version: TLSVersion) -> String {
        switch version {
        case .tlsv1: "TLSv1"
        case .tlsv11: "TLSv1.1"
        case .tlsv12: "TLSv1.2"
        case .tlsv13: "TLSv1.3"
        }
    }
}
