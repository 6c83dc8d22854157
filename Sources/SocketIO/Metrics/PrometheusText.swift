/// Prometheus' text format, version 0.0.4.
///
/// Source: prometheus.io/docs/instrumenting/exposition_formats, "Text-based format".
public enum PrometheusText {
    /// The `Content-Type` of the text.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The families in their order, each with its HELP and TYPE.
    public static func encode(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families {
            text += "# HELP \(family.name) \(escape(family.help, quotes: false))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                text += "\(family.name)\(labels(sample.labels)) \(sample.value)\n"
            }
            if let histogram = family.histogram { text += encode(histogram, name: family.name) }
        }
        return text
    }

    /// Buckets are cumulative on the wire, and durations seconds.
    private static func encode(_ histogram: MetricFamily.Histogram, name: String) -> String {
        var text = ""
        var total = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            total &+= count
            text += "\(name)_bucket{le=\"\(seconds(bound))\"} \(total)\n"
        }
        let all = histogram.counts.reduce(0, &+)
        text += "\(name)_bucket{le=\"+Inf\"} \(all)\n"
        text += "\(name)_sum \(seconds(histogram.sum))\n"
        text += "\(name)_count \(all)\n"
        return text
    }

    static func seconds(_ nanoseconds: Int64) -> String { "\(Double(nanoseconds) / 1e9)" }

    private static func labels(_ labels: [(name: String, value: String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\"\(escape($0.value, quotes: true))\"" }.joined(separator: ",")
            + "}"
    }

    static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
