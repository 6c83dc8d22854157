/// What waits for one client, and what it did not get.
public struct OutboxStatistics: Sendable, Equatable {
    /// Bytes of packets that wait in this process.
    public var queuedBytes: Int
    /// Packets that wait.
    public var queuedPackets: Int
    /// Volatile packets that were dropped, since the session was opened. A packet and its attachments are one.
    public var droppedPackets: Int
}
