/// What a store has written since it was opened.
public struct WriteActivity: Hashable, Sendable {
    /// Writes that wait now.
    public let waiting: Int
    /// Commits that succeeded, each of one or more writes.
    public let commits: Int
    /// Writes that were kept.
    public let writes: Int
    /// The most writes that one commit held.
    public let largestBatch: Int

    /// These counts.
    public init(waiting: Int, commits: Int, writes: Int, largestBatch: Int) {
        self.waiting = waiting
        self.commits = commits
        self.writes = writes
        self.largestBatch = largestBatch
    }
}
