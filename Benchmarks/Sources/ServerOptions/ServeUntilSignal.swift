public import EngineIO
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import UnixSignals

#if canImport(Glibc)
    internal import Glibc
#endif

/// Says where the server listens and runs until SIGTERM or SIGINT.
public func serveUntilSignal(_ listener: EngineListener, host: String) async throws {
    let group = ServiceGroup(
        configuration: .init(
            services: [.init(service: ListenerService(listener: listener, host: host))],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "server", factory: { _ in SwiftLogNoOpLogHandler() })))
    try await group.run()
}

/// Keeps a listener until the group shuts down.
private struct ListenerService: Service {
    let listener: EngineListener
    let host: String

    func run() async throws {
        // Said here, when signals are heard already.
        print("listening on http://\(host):\(listener.localAddress?.port ?? 0)")
        fflush(nil)
        try await gracefulShutdown()
        try await listener.shutdown(timeout: .seconds(2))
    }
}
