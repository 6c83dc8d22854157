/// What the writing thread has done so far, for metrics.
public struct WriteCounters: Hashable, Sendable {
    /// Commits that succeeded: each is one `fsync`.
    public internal(set) var commits = 0
    /// Commits that failed; nothing of them was kept.
    public internal(set) var failedCommits = 0
    /// Writes that were kept.
    public internal(set) var writes = 0
    /// Writes that a rule refused, or that failed alone.
    public internal(set) var refusedWrites = 0
    /// The largest batch.
    public internal(set) var largestBatch = 0
    /// Batches by size: of 1, 2...3, 4...7, 8...15, 16...31, 32...63, and 64 or more writes.
    public internal(set) var batchSizes = [Int](repeating: 0, count: 7)
    /// Writes that wait now.
    public internal(set) var waiting = 0
    /// Writes that were `busy` because too many waited.
    public internal(set) var rejected = 0

    mutating func addBatch(of size: Int) {
        largestBatch = max(largestBatch, size)
        let bucket = min(batchSizes.count - 1, max(0, Int.bitWidth - 1 - size.leadingZeroBitCount))
        batchSizes[bucket] += 1
    }
}
