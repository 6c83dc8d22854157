public import EngineIO
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
public import SocketIO
internal import UnixSignals

#if canImport(Glibc)
    internal import Glibc
#endif

/// Says where the server listens and runs until SIGTERM or SIGINT.
///
/// - Parameters:
///   - io: whose live objects are printed at SIGUSR1, as a line of JSON.
///   - isSecure: whether it speaks TLS.
///   - drain: milliseconds that the end may take.
///   - spread: milliseconds over which clients are sent away.
public func serveUntilSignal(
    _ listener: EngineListener, host: String, _ io: SocketIO? = nil, isSecure: Bool = false,
    drain: Int64 = 2_000, spread: Int64 = 0
) async throws {
    let service = ListenerService(
        listener: listener, host: host, io: io, isSecure: isSecure, drain: .milliseconds(drain),
        spread: .milliseconds(spread))
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
    let io: SocketIO?
    let isSecure: Bool
    let drain: Duration
    let spread: Duration

    func run() async throws {
        // Said here, when signals are heard already.
        print("listening on \(isSecure ? "https" : "http")://\(host):\(listener.localAddress?.port ?? 0)")
        fflush(nil)
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let io {
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sigusr1) {
                        print(try await liveObjects(listener, io))
                        fflush(nil)
                    }
                }
            }
            try await gracefulShutdown()
            group.cancelAll()
        }
        try await listener.shutdown(drain: drain, spread: spread)
    }

    private func liveObjects(_ listener: EngineListener, _ io: SocketIO) async throws -> String {
        let engine = try await listener.liveCounts()
        let sockets = try await io.liveCounts()
        let counts = [
            ("sessions", engine.sessions), ("connections", engine.connections),
            ("webSockets", engine.webSockets), ("timers", engine.timers), ("sockets", sockets.sockets),
            ("rooms", sockets.rooms), ("calls", sockets.calls), ("namespaces", sockets.namespaces),
        ]
        return "{" + counts.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }
}
