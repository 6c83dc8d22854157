public import EngineIO
public import NIOCore
internal import ServiceLifecycle

extension SocketIO {
    /// Listens until the task is cancelled or the service group shuts down, then ends all connections in
    /// good order.
    ///
    /// - Parameters:
    ///   - drain: the longest that the end may take; then what is left is cut.
    ///   - tls: encrypts the connections, such as `ServerTLS` of the product SocketIOTLS; nil speaks plain HTTP.
    ///   - spread: the time over which clients are sent away, so that they do not all reconnect at once.
    public func serve(
        host: String = "127.0.0.1", port: Int, drain: TimeAmount = .seconds(5), spread: TimeAmount = .zero,
        tls: (any ListenerTLS)? = nil
    ) async throws {
        let listener = try await listen(host: host, port: port, tls: tls)
        // Waits for the end; being cancelled is how it ends.
        try? await gracefulShutdown()
        try await listener.shutdown(drain: drain, spread: spread)
    }
}
