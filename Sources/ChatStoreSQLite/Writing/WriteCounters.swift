public import ChatService

/// What the writing thread has done so far.
public struct WriteCounters: Hashable, Sendable {
    /// What every store tells.
    public internal(set) var activity = WriteActivity()
    /// Batches by size: of 1, 2...3, 4...7, 8...15, 16...31, 32...63, and 64 or more writes.
    public internal(set) var batchSizes = [Int](repeating: 0, count: 7)

    mutating func addBatch(of size: Int) {
        activity.largestBatch = max(activity.largestBatch, size)
        let bucket = min(batchSizes.count - 1, max(0, Int.bitWidth - 1 - size.leadingZeroBitCount))
        batchSizes[bucket] += 1
    }
}
