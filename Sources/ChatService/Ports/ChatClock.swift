public import ChatDomain

/// Where the time comes from.
public protocol ChatClock: Sendable {
    /// This moment.
    func now() -> Timestamp
}
