public import EngineIO
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import UnixSignals

#if canImport(Glibc)
    internal import Glibc
#endif

/// Says where the server listens and runs until SIGTERM or SIGINT.
///
/// - Parameters:
///   - drain: milliseconds that the end may take.
///   - spread: milliseconds over which clients are sent away.
public func serveUntilSignal(
    _ listener: EngineListener, host: String, drain: Int64 = 2_000, spread: Int64 = 0
) async throws {
    let service = ListenerService(
        listener: listener, host: host, drain: .milliseconds(drain), spread: .milliseconds(spread))
    let group = ServiceGroup(
        configuration: .init(
            services: [.init(service: service)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "server", factory: { _ in SwiftLogNoOpLogHandler() })))
    try await group.run()
}

/// Keeps a listener until the group shuts down.
private struct ListenerService: Service {
    let listener: EngineListener
    let host: String
    let drain: TimeAmount
    let spread: TimeAmount

    func run() async throws {
        // Said here, when signals are heard already.
        print("listening on http://\(host):\(listener.localAddress?.port ?? 0)")
        fflush(nil)
        try await gracefulShutdown()
        try await listener.shutdown(drain: drain, spread: spread)
    }
}
