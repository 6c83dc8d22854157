internal import NIOCore
internal import NIOSSL

/// Stands behind the encryption of one connection: says in words why there is none, and tells ends apart.
final class ClientTLSReporter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Why a connection could not be encrypted.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The connection ended without a farewell of TLS's own. A WebSocket knows by itself what was cut off; an answer
    /// that ends with its connection cannot tell.
    struct Cut: Error, CustomStringConvertible {
        var description: String { "the connection was cut" }
    }

    private let host: String

    init(host: String) { self.host = host }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOSSLError.uncleanShutdown: context.fireErrorCaught(Cut())
        case is NIOSSLCloseTimedOutError: return
        default: context.fireErrorCaught(Failure(description: words(for: error)))
        }
    }

    private func words(for error: any Error) -> String {
        if let error = error as? NIOSSLExtraError, error == .failedToValidateHostname {
            return "TLS: the server's certificate is not for \(host)"
        }
        guard case .handshakeFailed(let cause)? = error as? NIOSSLError else { return "TLS: \(error)" }
        let detail = "\(cause)"
        if detail.contains("CERTIFICATE_VERIFY_FAILED") {
            return
                "TLS: no trusted root vouches for the certificate of \(host), or it is not valid now (\(detail))"
        }
        if detail.contains("WRONG_VERSION_NUMBER") {
            return "TLS: \(host) does not speak it on this port (\(detail))"
        }
        return "TLS: no handshake with \(host) (\(detail))"
    }
}
