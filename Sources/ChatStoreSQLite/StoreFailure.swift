internal import GRDB

/// Something that the machine could not do, for the log: people heard `unavailable`.
public struct StoreFailure: Error, Sendable, CustomStringConvertible {
    /// What was tried: `read`, `write`, `commit`, `backup`, `close`.
    public let operation: String
    /// Why it failed: SQLite's code and message, never the values of a row.
    public let cause: String

    init(operation: String, cause: any Error) {
        self.operation = operation
        if let error = cause as? DatabaseError {
            let code = error.extendedResultCode.rawValue
            self.cause = "SQLite error \(code): \(error.message ?? "no message")"
        } else if cause is CorruptRow {
            self.cause = "\(cause)"
        } else {
            self.cause = "\(type(of: cause))"
        }
    }

    init(operation: String, reason: String) {
        self.operation = operation
        self.cause = reason
    }

    /// One line for the log.
    public var description: String { "the store failed to \(operation): \(cause)" }
}
