internal import EngineIO
internal import ServiceLifecycle

extension SocketIO {
    /// Listens until the task is cancelled or the service group shuts down, then ends all connections in
    /// good order.
    public func serve(host: String = "127.0.0.1", port: Int) async throws {
        let listener = try await listen(host: host, port: port)
        // Waits for the end; being cancelled is how it ends.
        try? await gracefulShutdown()
        try await listener.shutdown()
    }
}
