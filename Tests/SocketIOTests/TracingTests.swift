internal import InMemoryTracing
internal import Instrumentation
internal import NIOCore
internal import NIOHTTP1
internal import SocketIOTracing
internal import Testing
internal import Tracing

@testable internal import SocketIO

/// Spans of connects, handlers, broadcasts and calls.
@Suite("Tracing", .timeLimit(.minutes(1)))
struct TracingTests {
    private struct Oops: Error {}

    private func traced() -> (Stack, InMemoryTracer) {
        let tracer = InMemoryTracer()
        var configuration = Configuration()
        configuration.spans = TracerSpans(tracer)
        return (Stack(configuration), tracer)
    }

    @Test("a handler's broadcast is inside the handler's span, which names socket and event")
    func nesting() async throws {
        let (stack, tracer) = traced()
        let root = stack.io.namespace()
        root.on(Event<Int>("e")) { _, number in root.everyone.emit(Event<Int>("all"), number) }
        let client = try await stack.webSocket()
        let id = try await client.join()
        await client.send(#"42["e",1]"#)
        let spans = tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["socketio.connect", "socketio.broadcast", "socketio.event"])
        let (broadcast, event) = (try #require(spans.dropFirst().first), try #require(spans.last))
        #expect(broadcast.parentSpanID == event.spanID)
        #expect(broadcast.traceID == event.traceID)
        #expect(event.attributes.get("socketio.event") == "e")
        #expect(event.attributes.get("socketio.socket") == .string(id))
        #expect(event.attributes.get("socketio.namespace") == "/")
    }

    @Test("what a handler throws is an error of its span, and unknown events share a name")
    func errors() async throws {
        let (stack, tracer) = traced()
        stack.io.namespace().on(Event<Int>("e")) { _, _ in throw Oops() }
        let client = try await stack.client()
        await client.send(#"42["e",1]"#, #"42["whatever"]"#)
        let spans = tracer.finishedSpans.filter { $0.operationName == "socketio.event" }
        #expect(spans.first?.errors.count == 1)
        #expect(spans.first?.errors.first?.error is Oops)
        #expect(spans.last?.attributes.get("socketio.event") == "unhandled")
    }

    @Test("a call's span lasts until the answer")
    func call() async throws {
        let (stack, tracer) = traced()
        let root = stack.io.namespace()
        let client = try await stack.client()
        let socket = try #require(await root.everyone.sockets().first)
        let call = Task.immediate { try await socket.call("q", EncodedArguments()) }
        await stack.settle()
        #expect(tracer.activeSpans.map(\.operationName) == ["socketio.call"])
        await client.send("430[1]")
        _ = try await call.value
        #expect(tracer.activeSpans.isEmpty)
        #expect(tracer.finishedSpans.last?.kind == .client)
    }

    @Test("the trace that the handshake's headers name goes on")
    func propagation() async throws {
        let (stack, tracer) = traced()
        stack.io.namespace().on(Event<Int>("e")) { _, _ in }
        let client = try await stack.webSocket(headers: [
            InMemoryTracer.traceIDKey: "trace-of-the-proxy", InMemoryTracer.spanIDKey: "span-of-the-proxy",
        ])
        try await client.join()
        await client.send(#"42["e",1]"#)
        let spans = tracer.finishedSpans
        #expect(spans.map(\.traceID) == ["trace-of-the-proxy", "trace-of-the-proxy"])
        #expect(spans.map(\.parentSpanID) == ["span-of-the-proxy", "span-of-the-proxy"])
    }

    @Test("without a recorder nothing is traced")
    func off() { #expect(Configuration().spans == nil) }
}
