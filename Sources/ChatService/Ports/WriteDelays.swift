/// How long writes took, from when they began to wait until they were on disk. Durations in nanoseconds.
public struct WriteDelays: Hashable, Sendable {
    /// Upper bounds of the buckets: 1 ms to 1 s.
    public static let bounds: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].map { $0 * 1_000_000 }
    /// So many of the newest ones are known one by one.
    private static let remembered = 1_000

    /// How many were in each bucket alone; the last one is for those above all bounds.
    public private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// All of them together.
    public private(set) var sum: Int64 = 0
    private var newest: [Int64] = []
    private var oldest = 0

    /// No writes.
    public init() {}

    /// Adds one.
    public mutating func add(_ delay: Int64) {
        counts[Self.bounds.firstIndex { delay <= $0 } ?? Self.bounds.count] += 1
        sum &+= delay
        if newest.count < Self.remembered {
            newest.append(delay)
        } else {
            newest[oldest] = delay
            oldest = (oldest + 1) % Self.remembered
        }
    }

    /// Of the last 1,000 one in a hundred took longer; nil when there was none.
    public var slowest: Int64? {
        guard !newest.isEmpty else { return nil }
        return newest.sorted()[(newest.count * 99 - 1) / 100]
    }
}
