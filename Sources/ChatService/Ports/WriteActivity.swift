/// What a store has written since it was opened.
public struct WriteActivity: Hashable, Sendable {
    /// Writes that wait now.
    public var waiting = 0
    /// Writes that were `busy` because too many waited.
    public var rejected = 0
    /// Commits that succeeded, each of one or more writes.
    public var commits = 0
    /// Commits that failed; nothing of them was kept.
    public var failedCommits = 0
    /// Writes that were kept.
    public var writes = 0
    /// Writes that a rule refused, or that failed alone.
    public var refusedWrites = 0
    /// The most writes that one commit held.
    public var largestBatch = 0
    /// How long the kept ones took.
    public var delays = WriteDelays()

    /// Nothing yet.
    public init() {}
}
