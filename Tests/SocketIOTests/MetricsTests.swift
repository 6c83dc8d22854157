internal import EngineIO
internal import NIOCore
internal import SocketIOCore
internal import SocketIOProtocol
internal import Testing

@testable internal import SocketIO

/// What is counted, and how it is told.
@Suite("Metrics", .timeLimit(.minutes(1)))
struct MetricsTests {
    private struct Oops: Error {}

    /// The stack's loops have a clock and a thread of their own: they answer while they are let run.
    private func snapshot(_ stack: Stack) async -> MetricsSnapshot {
        let snapshot = Task { await stack.io.metrics.snapshot() }
        await stack.settle()
        return await snapshot.value
    }

    @Test("events, handlers, acks, broadcasts, ends")
    func counting() async throws {
        let stack = Stack()
        let root = stack.io.namespace()
        root.on(Event<String>("e")) { _, _ in }
        root.on(Event<String>("bad")) { _, _ in throw Oops() }
        let client = try await stack.client()
        let other = try await stack.client()
        await client.send(#"42["e","x"]"#, #"42["bad","x"]"#, #"42["e",5]"#, #"42["unknown"]"#)
        let socket = try #require(await root.everyone.sockets().first { _ in true })
        let call = Task { try await socket.call("q", EncodedArguments(), timeout: .seconds(1)) }
        await stack.settle()
        root.everyone.emit(Event<Int>("all"), 1)
        await stack.settle()
        var metrics = await snapshot(stack)
        #expect(metrics.value("socketio_sockets") == 2)
        #expect(metrics.value("engineio_sessions", ["transport": "websocket"]) == 2)
        #expect(metrics.value("engineio_handshakes_total", ["transport": "websocket"]) == 2)
        #expect(metrics.value("socketio_connects_total", ["outcome": "ok"]) == 2)
        #expect(metrics.value("socketio_events_total", ["direction": "in"]) == 4)
        #expect(metrics.value("socketio_handler_errors_total") == 1)
        #expect(metrics.value("socketio_decode_failures_total", ["what": "arguments"]) == 1)
        #expect(metrics["socketio_handler_duration_seconds"]?.histogram?.counts.reduce(0, +) == 4)
        #expect(metrics.value("socketio_broadcasts_total") == 1)
        #expect(metrics.value("socketio_deliveries_total") == 2)
        #expect(metrics.value("socketio_pending_acks") == 1)
        await stack.advance(by: .seconds(2))
        await #expect(throws: CallError.timeout) { try await call.value }
        await other.send("42x")
        await client.wire.cut()
        metrics = await snapshot(stack)
        #expect(metrics.value("socketio_pending_acks") == 0)
        #expect(metrics.value("socketio_acks_total", ["outcome": "timeout"]) == 1)
        #expect(metrics.value("socketio_sockets") == 0)
        #expect(metrics.value("engineio_sessions") == 0)
        #expect(metrics.value("socketio_decode_failures_total", ["what": "packet"]) == 1)
        #expect(metrics.value("socketio_disconnects_total", ["reason": "forced close"]) == 1)
        #expect(metrics.value("socketio_disconnects_total", ["reason": "transport close"]) == 1)
        #expect(metrics.value("engineio_close_details_total", ["detail": "connection_lost"]) == 1)
    }

    @Test("the text has HELP and TYPE, escaped labels and cumulative buckets")
    func text() {
        var histogram = MetricFamily("h_seconds", .histogram, "How\nlong \\ it took.", [])
        histogram.histogram = .init(bounds: [1_000_000, 500_000_000], counts: [1, 2, 3], sum: 2_500_000_000)
        let counter = MetricFamily(
            "c_total", .counter, "Said \"so\".", [.init(7, ("l", "a\"b\\c\nd"), ("m", ""))])
        #expect(
            PrometheusText.encode([counter, histogram]) == #"""
                # HELP c_total Said "so".
                # TYPE c_total counter
                c_total{l="a\"b\\c\nd",m=""} 7
                # HELP h_seconds How\nlong \\ it took.
                # TYPE h_seconds histogram
                h_seconds_bucket{le="0.001"} 1
                h_seconds_bucket{le="0.5"} 3
                h_seconds_bucket{le="+Inf"} 6
                h_seconds_sum 2.5
                h_seconds_count 6

                """#)
    }

    @Test("every name and label is one that Prometheus takes, and no name comes twice")
    func names() async throws {
        let stack = Stack()
        _ = stack.io.namespace()
        _ = try await stack.client()
        let families = await snapshot(stack).families
        #expect(Set(families.map(\.name)).count == families.count)
        for family in families {
            #expect(family.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil)
            #expect(family.kind != .counter || family.name.hasSuffix("_total"))
            for label in family.samples.flatMap(\.labels) {
                #expect(label.name.wholeMatch(of: /[a-z]+/) != nil)
            }
        }
    }

    @Test("handlers are told what exactly ended the connection")
    func details() async throws {
        let stack = Stack()
        let seen = Recorder<String>()
        stack.io.namespace().onDisconnect { socket, reason in
            seen.add("\(reason): \(socket.disconnectDetail.map { "\($0)" } ?? "-")")
        }
        let tooBig = try await stack.client()
        await tooBig.wire.send([0x82, 0xFF, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x41, 0, 0, 0, 0])
        let broken = try await stack.client()
        await broken.send(#"42["e""#)
        let leaving = try await stack.client()
        await leaving.send("41")
        await stack.settle()
        #expect(
            seen.all == [
                "transport error: message of 1000001 bytes or more, larger than 1000000",
                "forced close: malformed JSON", "client namespace disconnect: -",
            ])
    }
}
