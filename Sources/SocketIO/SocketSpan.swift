public import NIOHTTP1

/// A piece of work that a ``SpanRecorder`` may trace. What it names comes from the program and the library; events that
/// no handler is there for go by one common name.
public struct SocketSpan: Sendable {
    /// What the work is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A client is judged that wants to join a namespace.
        case connect = "socketio.connect"
        /// The handlers of an event run.
        case event = "socketio.event"
        /// An event is sent to many.
        case broadcast = "socketio.broadcast"
        /// A client's answer is awaited.
        case call = "socketio.call"
    }

    public let kind: Kind
    public let namespace: String
    /// The event's name; nil for ``Kind/connect``.
    public let event: String?
    /// The socket's public id, where there is one.
    public let socket: String?
    /// The headers of the request that opened the connection, where a client caused the work: they may carry the
    /// trace that it belongs to, such as `traceparent`. Credentials are in them, too.
    public let headers: HTTPHeaders?
}

/// Traces what a server does; see the room SocketIOTracing for one that knows swift-distributed-tracing.
///
/// A server without one pays a test for nil.
public protocol SpanRecorder: Sendable {
    /// Does the work, inside a span; what it throws is thrown on.
    func record<Value>(_ span: SocketSpan, _ work: () throws -> Value) rethrows -> Value
    /// Does the work, inside a span and on the caller's executor; what it throws is thrown on.
    func record<Value: Sendable>(
        _ span: SocketSpan, _ work: @Sendable () async throws -> Value
    ) async rethrows -> Value
}
