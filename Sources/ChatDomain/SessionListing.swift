/// A session as the list of a person's devices shows it.
public struct SessionListing: Hashable, Sendable {
    /// The session.
    public let id: SessionID
    /// When somebody signed in.
    public let createdAt: Timestamp
    /// When it was last used, to the hour.
    public let seenAt: Timestamp
    /// When it ends if it is not used again.
    public let expiresAt: Timestamp
    /// The network address that it was made from, where known.
    public let ip: String?
    /// What the client said about itself.
    public let agent: String?

    /// A session of a list.
    public init(
        id: SessionID, createdAt: Timestamp, seenAt: Timestamp, expiresAt: Timestamp, ip: String?,
        agent: String?
    ) {
        self.id = id
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
        self.ip = ip
        self.agent = agent
    }

    /// A short readable form of `agent`.
    public var device: String? { agent.flatMap { DeviceName.from(agent: $0) } }
}
