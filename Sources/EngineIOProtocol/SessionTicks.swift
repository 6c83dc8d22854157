/// ``SessionTimings`` in the milliseconds that the machine counts in.
struct SessionTicks: Sendable {
    let pingInterval: Int64
    let pingTimeout: Int64
    let upgradeTimeout: Int64
    let noopInterval: Int64
    let closeTimeout: Int64

    init(_ timings: SessionTimings) {
        pingInterval = timings.pingInterval.milliseconds
        pingTimeout = timings.pingTimeout.milliseconds
        upgradeTimeout = timings.upgradeTimeout.milliseconds
        noopInterval = timings.noopInterval.milliseconds
        closeTimeout = timings.closeTimeout.milliseconds
    }

    /// Until when a v3 client has to send its next ping, when it last did at `now`.
    func clientPingDeadline(_ now: Int64) -> Int64 {
        Self.later(Self.later(now, by: pingInterval), by: pingTimeout)
    }

    /// `time + duration` without overflow: durations come from a configuration, times from a clock.
    static func later(_ time: Int64, by duration: Int64) -> Int64 {
        let (sum, overflow) = time.addingReportingOverflow(duration)
        return overflow ? .max : sum
    }
}
