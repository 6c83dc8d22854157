/// What the body of a message was, or is.
public struct MessageVersion: Hashable, Sendable {
    /// 1 for the body that was sent, one more for each edit.
    public let number: Int64
    /// The body.
    public let body: String
    /// When it was written.
    public let writtenAt: Timestamp

    /// A version.
    public init(number: Int64, body: String, writtenAt: Timestamp) {
        self.number = number
        self.body = body
        self.writtenAt = writtenAt
    }
}
