internal import Logging
internal import NIOCore
public import SocketIO
internal import SocketIOTLS

extension ServerOptions {
    /// What encrypts the connections; nil when no certificate was named.
    public func tls() throws -> (any ListenerTLS)? {
        guard let tlsCert else { return nil }
        var tls = ServerTLS.Options(certificates: [.init(chain: tlsCert, key: tlsKey ?? tlsCert)])
        tls.http2 = http2
        tls.checkInterval = .milliseconds(tlsCheck)
        if let tlsClientRoots {
            tls.clientCertificates =
                tlsOptionalClients ? .optional(roots: tlsClientRoots) : .required(roots: tlsClientRoots)
        }
        return try ServerTLS(tls, logger: Logger(label: "tls") { StreamLogHandler.standardError(label: $0) })
    }
}
