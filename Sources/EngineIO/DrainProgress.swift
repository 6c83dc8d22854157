/// How far the end of an ``EngineListener`` has come.
public struct DrainProgress: Sendable, Equatable {
    /// Sessions that were live when it began.
    public var sessions: Int
    /// Sessions that were asked to close so far.
    public var closed: Int
    /// Sessions that are not over yet.
    public var live: Int
    /// Whether the deadline came before they were.
    public var isCut: Bool
}
