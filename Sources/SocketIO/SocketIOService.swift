public import ServiceLifecycle

/// A server that listens as long as its `ServiceGroup` runs; see
/// ``SocketIO/service(host:port:beside:plain:limits:tls:drain:spread:)``.
public struct SocketIOService: Service {
    private let serve: @Sendable () async throws -> Void

    init(_ serve: @escaping @Sendable () async throws -> Void) { self.serve = serve }

    /// Listens until the group shuts down or the task is cancelled, then ends all connections in good order.
    public func run() async throws { try await serve() }
}
