internal import CoreMetrics
internal import MetricsTestKit
internal import SocketIOMetrics
internal import Testing

@testable internal import SocketIO

/// What swift-metrics is told.
@Suite("The bridge to swift-metrics", .timeLimit(.minutes(1)))
struct MetricsBridgeTests {
    @Test("counters get what was added since the last time, gauges the value")
    func report() async throws {
        let stack = Stack()
        stack.io.namespace().on(Event<Int>("e")) { _, _ in }
        let backend = TestMetrics()
        let bridge = MetricsBridge(stack.io, factory: backend)
        func report() async {
            let task = Task { await bridge.report() }
            await stack.settle()
            await task.value
        }
        let client = try await stack.client()
        await client.send(#"42["e",1]"#, #"42["e",2]"#)
        await report()
        let events = try backend.expectCounter("socketio_events_total", [("direction", "in")])
        #expect(events.values == [2])
        #expect(try backend.expectMeter("socketio_sockets").lastValue == 1)
        #expect(backend.counterTotal(label: "socketio_handler_duration_seconds_count") == 2)
        await report()
        #expect(events.values == [2])
        await client.send(#"42["e",3]"#)
        await client.wire.cut()
        await report()
        #expect(events.values == [2, 1])
        #expect(try backend.expectMeter("socketio_sockets").lastValue == 0)
    }
}
