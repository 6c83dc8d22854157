/// The durations that govern a session. Milliseconds count, what is finer does not.
public struct SessionTimings: Equatable, Sendable {
    /// From the handshake or a pong to the next ping. A v3 client has this and ``pingTimeout`` for its own ping.
    public var pingInterval: Duration
    /// From a ping to the end of the session when no pong comes.
    public var pingTimeout: Duration
    /// How long a probing WebSocket may take to complete the upgrade.
    public var upgradeTimeout: Duration
    /// How often a held poll is released with a noop while an upgrade is going on.
    public var noopInterval: Duration
    /// How long an orderly close waits for the poll that takes the last packets away.
    public var closeTimeout: Duration

    /// The reference's defaults.
    public init(
        pingInterval: Duration = .seconds(25), pingTimeout: Duration = .seconds(20),
        upgradeTimeout: Duration = .seconds(10), noopInterval: Duration = .milliseconds(100),
        closeTimeout: Duration = .seconds(30)
    ) {
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
        self.upgradeTimeout = upgradeTimeout
        self.noopInterval = noopInterval
        self.closeTimeout = closeTimeout
    }
}
