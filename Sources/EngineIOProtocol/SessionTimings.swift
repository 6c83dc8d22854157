/// The durations that govern a session, all in milliseconds.
public struct SessionTimings: Equatable, Sendable {
    /// From the handshake or a pong to the next ping. A v3 client has this and ``pingTimeout`` for its own ping.
    public var pingInterval: Int64
    /// From a ping to the end of the session when no pong comes.
    public var pingTimeout: Int64
    /// How long a probing WebSocket may take to complete the upgrade.
    public var upgradeTimeout: Int64
    /// How often a held poll is released with a noop while an upgrade is going on.
    public var noopInterval: Int64
    /// How long an orderly close waits for the poll that takes the last packets away.
    public var closeTimeout: Int64

    /// The reference's defaults.
    public init(
        pingInterval: Int64 = 25_000, pingTimeout: Int64 = 20_000, upgradeTimeout: Int64 = 10_000,
        noopInterval: Int64 = 100, closeTimeout: Int64 = 30_000
    ) {
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
        self.upgradeTimeout = upgradeTimeout
        self.noopInterval = noopInterval
        self.closeTimeout = closeTimeout
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
