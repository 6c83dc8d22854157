internal import ChatDomain

/// Token buckets by key, in bounded memory.
///
/// Each bucket is one number: the moment at which it will be full again ("theoretical arrival time" of the generic
/// cell rate algorithm, ITU-T I.371). A full bucket needs no entry. When the table is full, first the buckets that have
/// filled up are dropped, then the fuller half of the others: whoever has used up most is remembered longest.
struct RateTable<Key: Hashable & Sendable>: Sendable {
    /// Microseconds in which one token grows.
    private let interval: Int64
    /// Microseconds in which an empty bucket fills up.
    private let full: Int64
    private let capacity: Int
    private var fullAt: [Key: Int64] = [:]

    init(_ rate: Rate, capacity: Int) {
        let interval = max(1, Int64(1_000_000 / rate.perSecond))
        self.interval = interval
        self.full = interval * Int64(rate.burst)
        self.capacity = max(1, capacity)
    }

    var count: Int { fullAt.count }

    /// Takes a token at `now`. `nil`: taken; otherwise the milliseconds until there is one.
    mutating func take(_ key: Key, at now: Timestamp) -> Int64? {
        let now = Self.microseconds(now)
        let known = fullAt[key]
        // A bucket cannot lack more than everything: then the clock was set back, and nobody is to wait for that.
        let before = known.map { $0 > now + full ? now : max($0, now) } ?? now
        let after = before + interval
        guard after - now <= full else {
            return (after - full - now + 999) / 1_000
        }
        if known == nil && fullAt.count >= capacity {
            makeRoom(at: now)
        }
        fullAt[key] = after
        return nil
    }

    /// Gives a token back.
    mutating func giveBack(_ key: Key) {
        guard let before = fullAt[key] else { return }
        fullAt[key] = before - interval
    }

    /// Fills the bucket.
    mutating func forget(_ key: Key) {
        fullAt[key] = nil
    }

    private mutating func makeRoom(at now: Int64) {
        fullAt = fullAt.filter { $0.value > now }
        guard fullAt.count >= capacity else { return }
        let emptiest = fullAt.sorted { $0.value > $1.value }.prefix(capacity / 2)
        fullAt = Dictionary(uniqueKeysWithValues: emptiest.map { ($0.key, $0.value) })
    }

    private static func microseconds(_ moment: Timestamp) -> Int64 {
        // Wide enough for every real clock; saturates so that sums with `full` cannot overflow.
        let (product, overflow) = moment.milliseconds.multipliedReportingOverflow(by: 1_000)
        let bound = Int64.max / 4
        return overflow ? bound : min(max(product, -bound), bound)
    }
}
