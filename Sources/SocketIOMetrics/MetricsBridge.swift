public import CoreMetrics
public import SocketIO
internal import Synchronization

/// Gives what a server counts to swift-metrics, whatever its backend.
///
/// ```swift
/// let bridge = MetricsBridge(io)
/// try await bridge.run(every: .seconds(10))   // until the task is cancelled
/// ```
/// The server counts by itself; this reads the sums now and then and passes on what was added since. A histogram becomes
/// two counters, `…_count` and `…_sum_nanoseconds`, for swift-metrics' timers take single values only.
public final class MetricsBridge: Sendable {
    private struct Key: Hashable {
        let name: String
        let labels: [String]
    }

    private let metrics: ServerMetrics
    private let factory: any MetricsFactory
    private let state = Mutex(State())

    private struct State {
        var told: [Key: Int] = [:]
        var counters: [Key: Counter] = [:]
        var gauges: [Key: Meter] = [:]
    }

    /// - Parameters:
    ///   - io: the server.
    ///   - factory: nil takes the one that the process was set up with.
    public init(_ io: SocketIO, factory: (any MetricsFactory)? = nil) {
        metrics = io.metrics
        self.factory = factory ?? MetricsSystem.factory
    }

    /// Passes on what was counted since the last time, once.
    public func report() async {
        let families = await metrics.snapshot().families
        state.withLock { state in
            for family in families {
                for sample in family.samples {
                    report(family, sample.labels.map { ($0.name, $0.value) }, sample.value, &state)
                }
                if let histogram = family.histogram {
                    add("\(family.name)_count", [], histogram.counts.reduce(0, &+), &state)
                    add("\(family.name)_sum_nanoseconds", [], Int(histogram.sum), &state)
                }
            }
        }
    }

    /// Passes it on again and again, and once more at the end, until the task is cancelled.
    public func run(every interval: Duration = .seconds(10), clock: some Clock<Duration> = .continuous) async
    {
        while !Task.isCancelled {
            await report()
            // Being cancelled is how it ends.
            try? await clock.sleep(for: interval)
        }
        await report()
    }

    private func report(
        _ family: MetricFamily, _ labels: [(String, String)], _ value: Int, _ state: inout State
    ) {
        guard family.kind == .gauge else {
            add(family.name, labels, value, &state)
            return
        }
        let key = Key(name: family.name, labels: labels.flatMap { [$0, $1] })
        let meter = state.gauges[key] ?? Meter(label: family.name, dimensions: labels, factory: factory)
        state.gauges[key] = meter
        meter.set(value)
    }

    private func add(_ name: String, _ labels: [(String, String)], _ value: Int, _ state: inout State) {
        let key = Key(name: name, labels: labels.flatMap { [$0, $1] })
        let counter = state.counters[key] ?? Counter(label: name, dimensions: labels, factory: factory)
        state.counters[key] = counter
        let added = value &- (state.told[key] ?? 0)
        guard added > 0 else { return }
        counter.increment(by: added)
        state.told[key] = value
    }
}
