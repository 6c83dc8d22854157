/// Why something could not be done with a database file, in words for the person at the console.
public struct DatabaseFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened and what to do about it.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
