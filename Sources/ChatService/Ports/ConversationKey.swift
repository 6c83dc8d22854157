/// The store's own short number of a conversation; never leaves the server.
public struct ConversationKey: Hashable, Sendable {
    /// The number.
    public let rawValue: Int64

    /// A key from its number.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }
}
