extension Duration {
    /// Whole milliseconds, in which machines count; what is too long for them is the longest that there is.
    package var milliseconds: Int64 {
        let (seconds, rest) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, isTooMuch) = whole.addingReportingOverflow(rest / 1_000_000_000_000_000)
        return overflow || isTooMuch ? (seconds < 0 ? .min : .max) : sum
    }
}
