/// What a check of a database file found.
public struct DatabaseReport: Hashable, Sendable {
    /// Changes when counters could have gone back.
    public let epoch: String
    /// Bytes of the database.
    public let bytes: Int64
    /// The newest step of the schema.
    public let schema: String
    /// Whether this program would bring the schema up to date when it opens the file.
    public let needsMigration: Bool
    /// What is wrong, by SQLite's checks; empty when nothing is.
    public let problems: [String]
}
