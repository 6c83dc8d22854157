/// A moment: milliseconds since 1970-01-01 00:00 UTC.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970.
    public let milliseconds: Int64

    /// A moment from its milliseconds since 1970.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The moment `milliseconds` later (earlier when negative); stops at the ends of the range.
    public func advanced(byMilliseconds milliseconds: Int64) -> Timestamp {
        let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
        if overflow {
            return Timestamp(milliseconds: milliseconds < 0 ? .min : .max)
        }
        return Timestamp(milliseconds: sum)
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later. Stops at the ends of the range.
    public func milliseconds(since earlier: Timestamp) -> Int64 {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        if overflow {
            return milliseconds < earlier.milliseconds ? .min : .max
        }
        return difference
    }

    /// Earlier comes first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The milliseconds in decimal digits.
    public var description: String { String(milliseconds) }
}
