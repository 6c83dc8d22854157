/// The store's own short number of a person; never leaves the server.
public struct UserKey: Hashable, Sendable {
    /// The number.
    public let rawValue: Int64

    /// A key from its number.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }
}
