/// What becomes of a client that takes its packets more slowly than they are sent.
///
/// How much may wait is said by ``EngineConfiguration/maxOutboxBytes`` and
/// ``EngineConfiguration/maxOutboxPackets``; polling and WebSocket are counted alike.
public struct OutboxPolicy: Sendable, Equatable {
    /// What happens when more waits than may.
    public enum Overflow: Sendable, Equatable {
        /// The session ends as `CloseReason.slowConsumer`.
        case disconnect
        /// The oldest volatile packets are dropped; the session ends when there are none left.
        case dropVolatile
    }

    /// Bytes waiting at which ``EngineSession/whenWritable(_:)`` lets senders go on.
    public var lowWatermark: Int
    /// Bytes waiting above which it lets senders wait.
    public var highWatermark: Int
    /// How long without any progress, bytes taken by the system, after which a session with waiting packets
    /// ends as a slow consumer.
    public var maxStalled: Duration
    /// What happens above the limits.
    public var overflow: Overflow

    /// A policy with these values.
    public init(
        lowWatermark: Int = 64 << 10, highWatermark: Int = 256 << 10, maxStalled: Duration = .seconds(30),
        overflow: Overflow = .disconnect
    ) {
        self.lowWatermark = lowWatermark
        self.highWatermark = highWatermark
        self.maxStalled = maxStalled
        self.overflow = overflow
    }
}
