/// A client sent more events than ``Configuration/eventRate`` allows; this one was dropped.
public struct RateLimitExceeded: Error, Equatable, Sendable, CustomStringConvertible {
    /// The event's name.
    public let event: String
    /// How many were dropped since the last that was not.
    public let dropped: Int

    /// What is wrong, and what to do.
    public var description: String {
        "\(dropped) events dropped, the last of them \"\(event)\": the client sends more than eventRate allows"
    }
}
