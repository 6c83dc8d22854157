/// What a server has counted up to one moment: every event loop is asked once.
///
/// The loops are asked one after the other, so that counters of different loops are moments apart.
public struct MetricsSnapshot: Sendable {
    /// The metrics, sorted by topic.
    public let families: [MetricFamily]

    /// The metric of this name.
    public subscript(name: String) -> MetricFamily? { families.first { $0.name == name } }

    /// The value of one sample; the sum of all when no labels are asked for. Nil when there is none.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Int? {
        guard let family = self[name] else { return nil }
        let matching = family.samples.filter { sample in
            labels.allSatisfy { label in
                sample.labels.contains { $0.name == label.key && $0.value == label.value }
            }
        }
        return matching.isEmpty ? nil : matching.reduce(0) { $0 &+ $1.value }
    }

    /// The metrics in Prometheus' text format 0.0.4, ``PrometheusText/contentType``.
    public var prometheusText: String { PrometheusText.encode(families) }
}
