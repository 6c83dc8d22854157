/// One metric with all its samples, as Prometheus understands the word.
public struct MetricFamily: Sendable, Equatable {
    /// How the values are to be read.
    public enum Kind: String, Sendable {
        /// Only grows while the process lives.
        case counter
        /// Goes up and down.
        case gauge
        /// Durations in buckets.
        case histogram
    }

    /// One value. Its labels come from fixed sets of words: nothing that a client chose is ever a label.
    public struct Sample: Sendable, Equatable {
        /// Names and values, in order.
        public var labels: [(name: String, value: String)]
        public var value: Int

        /// A value, and what tells it from the others of its family.
        public init(_ value: Int, _ labels: (String, String)...) {
            self.value = value
            self.labels = labels.map { (name: $0, value: $1) }
        }

        public static func == (left: Sample, right: Sample) -> Bool {
            left.value == right.value && left.labels.elementsEqual(right.labels, by: ==)
        }
    }

    /// A histogram's content; durations in nanoseconds.
    public struct Histogram: Sendable, Equatable {
        /// Upper bounds of the buckets.
        public var bounds: [Int64]
        /// How many durations are in each bucket alone; one more than there are bounds.
        public var counts: [Int]
        public var sum: Int64

        /// Durations in buckets.
        public init(bounds: [Int64], counts: [Int], sum: Int64) {
            self.bounds = bounds
            self.counts = counts
            self.sum = sum
        }
    }

    /// The metric's name, in the form that Prometheus asks for.
    public var name: String
    /// What it counts, in a sentence.
    public var help: String
    public var kind: Kind
    /// Empty for a histogram.
    public var samples: [Sample]
    /// Nil for all kinds but a histogram.
    public var histogram: Histogram?

    /// A metric of single values.
    public init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// A metric of durations.
    public init(_ name: String, _ help: String, _ histogram: Histogram) {
        self.init(name, .histogram, help, [])
        self.histogram = histogram
    }
}
