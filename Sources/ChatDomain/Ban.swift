/// Somebody who may not come into a room.
public struct Ban: Hashable, Sendable {
    /// Who.
    public let user: User
    /// Who decided it.
    public let by: UserID
    /// When.
    public let at: Timestamp
    /// Why; may be empty.
    public let reason: String

    /// A ban.
    public init(user: User, by: UserID, at: Timestamp, reason: String) {
        self.user = user
        self.by = by
        self.at = at
        self.reason = reason
    }
}
