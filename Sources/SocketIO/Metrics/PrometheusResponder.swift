public import EngineIO
internal import NIOCore
internal import NIOHTTP1

/// Answers `GET /metrics` with a server's metrics; whatever else is asked, another responder answers.
///
/// ```swift
/// try await io.listen(port: 3000, plain: PrometheusResponder(io))
/// ```
/// Everybody who reaches the port can read the metrics: put it on a port of its own, or behind a proxy that keeps
/// strangers away, when that is not meant.
public struct PrometheusResponder: PlainRequestResponder {
    private let metrics: ServerMetrics
    private let path: String
    private let adding: @Sendable () async -> [MetricFamily]
    private let other: (any PlainRequestResponder)?

    /// - Parameters:
    ///   - io: the server.
    ///   - path: where the metrics are.
    ///   - adding: metrics of the application's own, after the server's.
    ///   - other: answers what is not the metrics'; nil answers 404.
    public init(
        _ io: SocketIO, path: String = "/metrics",
        adding: @escaping @Sendable () async -> [MetricFamily] = { [] },
        other: (any PlainRequestResponder)? = nil
    ) {
        metrics = io.metrics
        self.path = path
        self.adding = adding
        self.other = other
    }

    public func respond(to request: PlainRequest, writer: PlainResponseWriter) async throws {
        guard request.head.uri.prefix(while: { $0 != "?" }) == path else {
            if let other {
                try await other.respond(to: request, writer: writer)
            } else {
                try await answer(.notFound, "", to: request, writer)
            }
            return
        }
        switch request.head.method {
        case .GET, .HEAD:
            let families = await metrics.snapshot().families + adding()
            try await answer(.ok, PrometheusText.encode(families), to: request, writer)
        default: try await answer(.methodNotAllowed, "", to: request, writer)
        }
    }

    private func answer(
        _ status: HTTPResponseStatus, _ text: String, to request: PlainRequest, _ writer: PlainResponseWriter
    ) async throws {
        var headers: HTTPHeaders = ["Content-Length": "\(text.utf8.count)", "Cache-Control": "no-store"]
        if status == .ok { headers.add(name: "Content-Type", value: PrometheusText.contentType) }
        if status == .methodNotAllowed { headers.add(name: "Allow", value: "GET, HEAD") }
        try await writer.write(head: HTTPResponseHead(version: .http1_1, status: status, headers: headers))
        if !text.isEmpty, request.head.method != .HEAD {
            try await writer.write(body: ByteBuffer(string: text))
        }
        try await writer.writeEnd()
    }
}
