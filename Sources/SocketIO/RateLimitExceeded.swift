/// A client sent more events than ``Configuration/eventRate`` allows; this one was dropped.
public struct RateLimitExceeded: Error, Equatable, Sendable {
    /// The event's name.
    public let event: String
    /// How many were dropped since the last that was not.
    public let dropped: Int
}
