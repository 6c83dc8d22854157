internal import Logging
internal import ServiceLifecycle
internal import SocketIOTLS
internal import UnixSignals

/// Loads the certificate again at SIGHUP; what cannot be used is logged and changes nothing.
struct CertificateService: Service {
    let tls: ServerTLS
    let logger: Logger

    func run() async throws {
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        for await _ in hangUps.cancelOnGracefulShutdown() {
            do {
                try await tls.reload()
            } catch {
                logger.error(
                    "the certificate cannot be loaded, the old one stays", metadata: ["error": "\(error)"])
            }
        }
    }
}
