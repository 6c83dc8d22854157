internal import EngineIO
internal import NIOCore

/// What a server counts: connections, packets, events, acks, ends and the time that handlers take.
///
/// ```swift
/// let text = await io.metrics.prometheusText()
/// ```
/// Counting is an addition on the event loop that does the work; the sums are made when somebody asks.
public struct ServerMetrics: Sendable {
    let server: SocketIO

    /// What was counted so far.
    public func snapshot() async -> MetricsSnapshot {
        var sums = MetricSums()
        let engines = server.liveEngines
        for (eventLoop, meter) in server.loops.meters {
            let promise = eventLoop.makePromise(of: MetricSums.self)
            eventLoop.execute {
                var sums = MetricSums(meter)
                for engine in engines { sums.add(outbox: engine.outboxSize(on: eventLoop)) }
                promise.succeed(sums)
            }
            // A loop that is gone counts no more.
            if let loop = try? await promise.futureResult.get() { sums.merge(loop) }
        }
        for engine in engines { sums.add(engine) }
        for core in server.registry.all {
            if let counters = core.recovery?.report.counters { sums.add(counters) }
        }
        sums.sockets = server.registry.socketCount
        sums.broadcasts = server.wire.broadcasts
        return MetricsSnapshot(families: sums.families)
    }

    /// The metrics in Prometheus' text format 0.0.4, ``PrometheusText/contentType``.
    public func prometheusText() async -> String { await snapshot().prometheusText }
}

extension SocketIO {
    /// What the server counts.
    public var metrics: ServerMetrics { ServerMetrics(server: self) }
}
