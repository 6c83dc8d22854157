/// How far a member has come in a conversation: one entry of `marks`.
public struct MemberPositions: Hashable, Sendable {
    /// The member.
    public let user: UserID
    /// Everything up to here reached one of their devices.
    public let delivered: MessageSeq
    /// Everything up to here was read.
    public let read: MessageSeq

    /// Positions of a member.
    public init(user: UserID, delivered: MessageSeq, read: MessageSeq) {
        self.user = user
        self.delivered = delivered
        self.read = read
    }
}
