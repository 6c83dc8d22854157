internal import Instrumentation
internal import NIOHTTP1
public import SocketIO
public import Tracing

/// Traces a Socket.IO server with swift-distributed-tracing.
///
/// ```swift
/// InstrumentationSystem.bootstrap(tracer)
/// var configuration = Configuration()
/// configuration.spans = TracerSpans()
/// ```
/// A span of a client's work belongs to the trace that the headers of its handshake name, as far as the tracer knows how
/// to read them (`traceparent`); a handler's own spans and broadcasts are inside the handler's. Nothing of a client's
/// headers or arguments is written into a span.
public struct TracerSpans: SpanRecorder {
    private let chosen: (any Tracer)?

    /// - Parameter tracer: nil takes the one that the process was set up with, none doing nothing.
    public init(_ tracer: (any Tracer)? = nil) { chosen = tracer }

    public func record<Value>(_ span: SocketSpan, _ work: () throws -> Value) rethrows -> Value {
        let tracer = chosen ?? InstrumentationSystem.tracer
        return try tracer.withAnySpan(
            span.kind.rawValue, context: context(of: span, tracer), ofKind: kind(of: span)
        ) { open in
            describe(span, in: open)
            return try work()
        }
    }

    public func record<Value: Sendable>(
        _ span: SocketSpan, _ work: @Sendable () async throws -> Value
    ) async rethrows -> Value {
        let tracer = chosen ?? InstrumentationSystem.tracer
        return try await tracer.withAnySpan(
            span.kind.rawValue, context: context(of: span, tracer), ofKind: kind(of: span)
        ) { open in
            describe(span, in: open)
            return try await work()
        }
    }

    /// Inside work that is traced already its trace goes on; else the client's headers may name one.
    private func context(of span: SocketSpan, _ tracer: any Tracer) -> ServiceContext {
        if let current = ServiceContext.current { return current }
        var context = ServiceContext.topLevel
        if let headers = span.headers {
            tracer.extract(headers, into: &context, using: HeaderExtractor())
        }
        return context
    }

    private func kind(of span: SocketSpan) -> SpanKind {
        switch span.kind {
        case .connect, .event: .server
        case .broadcast: .producer
        case .call: .client
        }
    }

    private func describe(_ span: SocketSpan, in open: any Span) {
        open.attributes["socketio.namespace"] = span.namespace
        if let event = span.event { open.attributes["socketio.event"] = event }
        if let socket = span.socket { open.attributes["socketio.socket"] = socket }
    }
}

/// Reads a trace's name from the headers of a handshake.
private struct HeaderExtractor: Extractor {
    func extract(key: String, from headers: HTTPHeaders) -> String? { headers.first(name: key) }
}
