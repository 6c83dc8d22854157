public import EngineIO
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

extension SocketIO {
    /// Listens until the task is cancelled or the service group shuts down, then ends all connections in
    /// good order. Where it listens is logged.
    ///
    /// - Parameters:
    ///   - host: `127.0.0.1` is heard by this machine alone; `0.0.0.0` and `::` are every address of it.
    ///   - port: 0 takes any free port.
    ///   - beside: further engines on the same port, each with its own path.
    ///   - plain: answers the requests that are not Socket.IO's.
    ///   - limits: bounds of the HTTP side.
    ///   - tls: encrypts the connections, such as `ServerTLS` of the product SocketIOTLS; nil speaks plain HTTP.
    ///   - drain: the longest that the end may take; then what is left is cut.
    ///   - spread: the time over which clients are sent away, so that they do not all reconnect at once.
    /// - Throws: `EngineConfigurationError`, or what the system says when the address cannot be bound.
    public func serve(
        host: String = "127.0.0.1", port: Int, beside: [EngineServer] = [],
        plain: (any PlainRequestResponder)? = nil, limits: HTTPLimits = .init(),
        tls: (any ListenerTLS)? = nil, drain: Duration = .seconds(5), spread: Duration = .zero
    ) async throws {
        let listener = try await listen(
            host: host, port: port, beside: beside, plain: plain, limits: limits, tls: tls)
        logger.info("listening on \(listener.url(isSecure: tls != nil))")
        // Waits for the end; being cancelled is how it ends.
        try? await gracefulShutdown()
        try await listener.shutdown(drain: drain, spread: spread)
    }

    /// What ``serve(host:port:beside:plain:limits:tls:drain:spread:)`` does, as one of the services of a group.
    ///
    /// ```swift
    /// let group = ServiceGroup(
    ///     services: [database, io.service(port: 3000)], gracefulShutdownSignals: [.sigterm], logger: logger)
    /// try await group.run()
    /// ```
    public func service(
        host: String = "127.0.0.1", port: Int, beside: [EngineServer] = [],
        plain: (any PlainRequestResponder)? = nil, limits: HTTPLimits = .init(),
        tls: (any ListenerTLS)? = nil, drain: Duration = .seconds(5), spread: Duration = .zero
    ) -> SocketIOService {
        SocketIOService { [self] in
            try await serve(
                host: host, port: port, beside: beside, plain: plain, limits: limits, tls: tls,
                drain: drain, spread: spread)
        }
    }
}

extension EngineListener {
    /// Where clients find it.
    fileprivate func url(isSecure: Bool) -> String {
        guard let address = localAddress, let host = address.ipAddress, let port = address.port else {
            return localAddress.map { "\($0)" } ?? "an unknown address"
        }
        return (isSecure ? "https://" : "http://") + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}
