/// A browser of a person that is told of messages while its page is closed.
public struct PushListing: Hashable, Sendable {
    /// The host of its push service.
    public let host: String
    /// Since when.
    public let createdAt: Timestamp
    /// When it was told last, and what its service answered; nil when it was not.
    public let last: (at: Timestamp, status: Int)?

    /// A browser.
    public init(host: String, createdAt: Timestamp, last: (at: Timestamp, status: Int)?) {
        self.host = host
        self.createdAt = createdAt
        self.last = last
    }

    /// The same browser, told the same.
    public static func == (left: PushListing, right: PushListing) -> Bool {
        left.host == right.host && left.createdAt == right.createdAt && left.last?.at == right.last?.at
            && left.last?.status == right.last?.status
    }

    /// What is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(host)
        hasher.combine(createdAt)
    }
}
