/// Where a session goes on, and what its client has to be given first.
public struct RecoveryResumption<Packet: Sendable>: Sendable {
    /// The client has everything that was for it up to here.
    public let start: UInt64
    /// What it missed since, in order.
    public let missed: [RecoveryLog<Packet>.Entry]

    /// The last packet that the client will have got, or `start`.
    public var lastSent: UInt64 { missed.last?.position ?? start }
}
