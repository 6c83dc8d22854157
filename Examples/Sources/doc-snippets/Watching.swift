internal import Logging
internal import ServiceLifecycle
import SocketIO
internal import SocketIOMetrics
internal import SocketIOTracing
internal import UnixSignals

/// The code of the articles about watching a server.
enum Watching {
    static func metrics(_ io: SocketIO) async throws {
        try await io.serve(port: 3000, plain: PrometheusResponder(io))
    }

    static func sums(_ io: SocketIO) async {
        let snapshot = await io.metrics.snapshot()
        for family in snapshot.families { print("\(family.name): \(family.help)") }
    }

    static func bridge(_ io: SocketIO) async throws {
        let bridge = MetricsBridge(io)
        async let counting: Void = bridge.run(every: .seconds(10))
        try await io.serve(port: 3000)
        await counting
    }

    static func tracing() -> SocketIO {
        var configuration = Configuration()
        configuration.spans = TracerSpans()
        let io = SocketIO(configuration)
        return io
    }

    static func service(_ io: SocketIO, _ database: any Service, _ logger: Logger) async throws {
        let group = ServiceGroup(
            services: [database, io.service(port: 3000)], gracefulShutdownSignals: [.sigterm], logger: logger)
        try await group.run()
    }

    static func admin(_ io: SocketIO, _ secret: String) {
        io.instrument(Admin(authentication: .credentials(username: "admin", password: secret)))
    }
}
